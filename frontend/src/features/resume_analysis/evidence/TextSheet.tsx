import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from '@/app/i18n';
import type { Document, DocumentBlock } from '@/client';
import classes from './Evidence.module.css';
import type { Mark } from './marks';
import { covering, passages } from './passages';
import { usePointing } from './pointing';
import { reveal } from './reveal';
import type { Choosing } from './Sheets';

type TextSheetProps = Choosing & { document: Document; marks: readonly Mark[]; zoom: number };
type Part = { start: number; end: number } & Partial<DocumentBlock>;

/** The text as it was read, set like a page: for formats without pages, and to see what a machine reads. */
export function TextSheet({ document, marks, zoom, ...choosing }: TextSheetProps) {
  const { t } = useTranslation('resume_analysis');
  const pane = useRef<HTMLElement>(null);
  const { chosen, onChoose, onLight } = choosing;
  const parts = useMemo<Part[]>(() => covering(document.text.length, document.blocks), [document]);

  usePointing(pane, {
    find: (event) =>
      (event.target as Element).closest<HTMLElement>('[data-finding]')?.dataset.finding ?? null,
    onChoose,
    onLight,
  });
  useEffect(() => {
    if (!chosen) return;
    const first = pane.current?.querySelector(`[data-findings~="${CSS.escape(chosen)}"]`);
    if (first) reveal(first, pane.current);
  }, [chosen]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section ref={pane} className={classes.pane} aria-label={t('evidence.label')} tabIndex={0}>
      <article
        className={classes.text}
        lang={document.language?.code}
        style={{ fontSize: `${zoom}rem` }}
        aria-label={t('evidence.asRead')}
      >
        {parts.map((part) => (
          <Block key={part.start} part={part} text={document.text} marks={marks} {...choosing} />
        ))}
      </article>
    </section>
  );
}

type BlockProps = Choosing & { part: Part; text: string; marks: readonly Mark[] };

function Block({ part, text, marks, chosen, lit }: BlockProps) {
  const words = passages(part.start, part.end, marks);
  // What stands between two blocks is blank, as a rule.
  if (!part.kind && !text.slice(part.start, part.end).trim()) return null;
  return (
    <div className={classes.block} data-kind={part.kind} data-bold={part.bold} data-level={part.level}>
      {words.map((passage) => {
        const shown = text.slice(passage.start, passage.end);
        if (passage.marks.length === 0) return <span key={passage.start}>{shown}</span>;
        const ids = passage.marks.map((mark) => mark.id);
        const [first] = [...passage.marks].sort((one, other) => length(one) - length(other));
        return (
          <mark
            key={passage.start}
            className={classes.mark}
            data-finding={first?.id}
            data-findings={ids.join(' ')}
            data-kind={first?.kind}
            data-severity={first?.severity}
            data-state={
              chosen && ids.includes(chosen) ? 'chosen' : lit && ids.includes(lit) ? 'lit' : undefined
            }
          >
            {shown}
          </mark>
        );
      })}
    </div>
  );
}

function length(mark: Mark): number {
  return (mark.end ?? 0) - (mark.start ?? 0);
}
