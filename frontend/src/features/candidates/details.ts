import type { CandidateCreate, CandidateResponse, ReadContact } from '@/client';

/** A candidate as typed into a form: every field is text. */
export type Details = Record<
  | 'first_name'
  | 'last_name'
  | 'email'
  | 'phone'
  | 'current_company'
  | 'current_position'
  | 'years_experience',
  string
>;

export const NO_DETAILS: Details = {
  first_name: '',
  last_name: '',
  email: '',
  phone: '',
  current_company: '',
  current_position: '',
  years_experience: '',
};

const IDEOGRAPHIC = /^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+$/;

export function detailsOf(candidate: CandidateResponse): Details {
  return {
    first_name: candidate.first_name,
    last_name: candidate.last_name,
    email: candidate.email ?? '',
    phone: candidate.phone ?? '',
    current_company: candidate.current_company ?? '',
    current_position: candidate.current_position ?? '',
    years_experience: candidate.years_experience?.toString() ?? '',
  };
}

/** Given and family name; the family name comes first where names are written without letters. */
export function splitName(name: string): { first_name: string; last_name: string } {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  const last = rest.join(' ');
  return rest.length === 1 && IDEOGRAPHIC.test(first + last)
    ? { first_name: last, last_name: first }
    : { first_name: first, last_name: last };
}

/** What a file says of its person, for a person to look over. */
export function detailsRead(contact: ReadContact | null): Details {
  return {
    ...NO_DETAILS,
    ...splitName(contact?.name ?? ''),
    email: contact?.email ?? '',
    phone: contact?.phone ?? '',
    current_company: contact?.company ?? '',
    current_position: contact?.position ?? '',
  };
}

/** The same for the server: an emptied field is null. */
export function bodyOf(details: Details): CandidateCreate {
  const kept = (text: string) => text.trim() || null;
  const years = kept(details.years_experience);
  return {
    first_name: details.first_name.trim(),
    last_name: details.last_name.trim(),
    email: kept(details.email),
    phone: kept(details.phone),
    current_company: kept(details.current_company),
    current_position: kept(details.current_position),
    years_experience: years === null ? null : Number(years),
  };
}
