import { Checkbox } from '@mantine/core';
import { memo, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from '@/app/i18n';
import type { Document, FindingResponse } from '@/client';
import { useNames } from '../result/names';
import { Decided } from './Decided';
import { excerpt } from './excerpt';
import { FindingDetail } from './FindingDetail';
import type { FindingActions } from './FindingList';
import classes from './Findings.module.css';
import { Severity } from './Severity';

export type GroupRow = {
  title: string;
  check: string;
  severity: number;
  category: string;
  message: string | null;
  suggestion: string | null;
  gain: number | null;
};

/** What the findings of a check have in common, once above them. */
export const GroupHead = memo(function GroupHead({ row, language }: { row: GroupRow; language: string }) {
  const { t } = useTranslation('resume_analysis');
  const names = useNames();
  return (
    <header className={classes.head}>
      <p className={classes.tags}>
        <Severity value={row.severity} />
        <span>{names.category(row.category)}</span>
        <code>{row.check}</code>
        {row.gain ? (
          <span className={classes.gain} title={t('fixes.hint')}>
            {t('fixes.gain', { points: row.gain.toFixed(1) })}
          </span>
        ) : null}
      </p>
      <h2 lang={language}>{row.title}</h2>
      {row.message ? (
        <p lang={language} className={classes.message}>
          {row.message}
        </p>
      ) : null}
      {row.suggestion ? (
        <p lang={language} className={classes.fix}>
          <b>{t('findings.fix')}</b> {row.suggestion}
        </p>
      ) : null}
    </header>
  );
});

type FindingRowProps = {
  finding: FindingResponse;
  group: GroupRow;
  chosen: boolean;
  lit: boolean;
  selected: boolean | null;
  editing: boolean;
  actions: FindingActions;
  /** Set by the keyboard: the row that is chosen next takes the focus. */
  takesFocus: RefObject<boolean>;
  language: string;
  document: Document;
};

/** A finding in the list: its words; once chosen, what it says and what is decided about it. */
export const FindingRow = memo(function FindingRow(props: FindingRowProps) {
  const { finding, group, chosen, lit, selected, editing, actions, takesFocus, language } = props;
  const { t } = useTranslation('resume_analysis');
  const names = useNames();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!chosen || !takesFocus.current) return;
    takesFocus.current = false;
    button.current?.focus({ preventScroll: true });
  }, [chosen, takesFocus]);

  const place = [
    finding.page ? t('place.page', { page: finding.page }) : null,
    finding.section ? names.section(finding.section) : null,
  ].filter(Boolean);
  const words = finding.original_text;
  return (
    <article
      className={classes.row}
      data-row={finding.id}
      data-chosen={chosen}
      data-lit={lit}
      data-kind={finding.feedback_type}
      data-decision={finding.decision}
      aria-label={finding.title}
    >
      {selected === null ? null : (
        <Checkbox
          size="xs"
          className={classes.select}
          aria-label={t('findings.select', { text: words ?? finding.title })}
          checked={selected}
          onChange={() => actions.onSelect(finding.id)}
        />
      )}
      <button
        ref={button}
        type="button"
        className={classes.words}
        aria-expanded={chosen}
        onClick={() => actions.onChoose(finding.id)}
        onPointerEnter={() => actions.onLight(finding.id)}
        onPointerLeave={() => actions.onLight(null)}
      >
        {words === null ? (
          <span lang={language}>{group.message ? t('findings.whole') : finding.feedback_text}</span>
        ) : (
          <Words finding={finding} document={props.document} words={words} />
        )}
        <span className={classes.place}>
          {place.join(' · ')}
          <Decided finding={finding} short />
        </span>
      </button>
      {chosen ? (
        <FindingDetail
          finding={finding}
          showMessage={!group.message && words !== null}
          showFix={!group.suggestion}
          editing={editing}
          actions={actions}
          language={language}
        />
      ) : null}
    </article>
  );
});

type WordsProps = { finding: FindingResponse; document: Document; words: string };

function Words({ finding, document, words }: WordsProps) {
  const { span_start: start, span_end: end } = finding;
  const around = start !== null && end !== null ? excerpt(document, start, end) : null;
  return (
    <q lang={document.language?.code}>
      {around?.before}
      <b>{around?.quote ?? words}</b>
      {around?.after}
    </q>
  );
}
