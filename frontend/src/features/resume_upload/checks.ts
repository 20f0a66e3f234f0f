import type { LimitsResponse } from '@/client';

/** The ends of file names for the kinds that the server reads. */
const NAME_ENDS: Record<string, string[]> = {
  pdf: ['pdf'],
  docx: ['docx'],
  txt: ['txt'],
  md: ['md', 'markdown'],
  rtf: ['rtf'],
  odt: ['odt'],
  html: ['html', 'htm'],
  image: ['png', 'jpg', 'jpeg', 'tif', 'tiff', 'webp', 'bmp', 'gif'],
};
const ARCHIVE = 'zip';
const MEGABYTE = 1_000_000;

export type Refusal = 'empty' | 'tooLarge' | 'unknownKind';
type Limits = Pick<LimitsResponse, 'max_file_size_mb' | 'supported_file_types'>;

export function nameEnd(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}

export function isArchive(file: { name: string }): boolean {
  return nameEnd(file.name) === ARCHIVE;
}

/** What a file chooser offers. */
export function acceptedEnds(limits: Limits): string[] {
  const ends = limits.supported_file_types.flatMap((kind) => NAME_ENDS[kind] ?? [kind]);
  return [...ends, ARCHIVE].map((end) => `.${end}`);
}

/** Why a file need not be sent; a name without an end is for the server to judge, which looks at the bytes. */
export function refusalOf(file: { name: string; size: number }, limits: Limits): Refusal | null {
  const end = nameEnd(file.name);
  if (end && !acceptedEnds(limits).includes(`.${end}`)) return 'unknownKind';
  if (file.size === 0) return 'empty';
  // The server weighs what is in an archive one by one.
  if (end !== ARCHIVE && file.size > limits.max_file_size_mb * MEGABYTE) return 'tooLarge';
  return null;
}

/** How much of each file has been sent when so many bytes of all have, from 0 to 1. */
export function sharesSent(sizes: number[], sent: number): number[] {
  let before = 0;
  return sizes.map((size) => {
    const share = size > 0 ? (sent - before) / size : sent >= before ? 1 : 0;
    before += size;
    return Math.max(0, Math.min(1, share));
  });
}
