import { Button, CopyButton, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { FindingResponse } from '@/client';
import { Decided } from './Decided';
import type { FindingActions } from './FindingList';
import classes from './Findings.module.css';

type FindingDetailProps = {
  finding: FindingResponse;
  showMessage: boolean;
  showFix: boolean;
  editing: boolean;
  actions: FindingActions;
  language: string;
};

const LONGEST_COMMENT = 5_000;
/** Below it a finding is told as a guess. */
const SURE = 0.6;

/** All a finding says, and the decision about it. */
export function FindingDetail({
  finding,
  showMessage,
  showFix,
  editing,
  actions,
  language,
}: FindingDetailProps) {
  const { t } = useTranslation('resume_analysis');
  const { share } = useFormats();
  const unsure = finding.confidence_score !== null && finding.confidence_score < SURE;
  return (
    <Stack gap={6} className={classes.detail}>
      {showMessage ? (
        <p lang={language} className={classes.message}>
          {finding.feedback_text}
        </p>
      ) : null}
      {showFix && finding.suggestion ? (
        <p lang={language} className={classes.fix}>
          <b>{t('findings.fix')}</b> {finding.suggestion}
        </p>
      ) : null}
      {finding.suggested_text ? <Rewrite text={finding.suggested_text} language={language} /> : null}
      {finding.edited_text && !editing ? (
        <p className={classes.fix}>
          <b>{t('findings.comment')}</b> {finding.edited_text}
        </p>
      ) : null}
      {unsure ? (
        <p className={classes.place}>
          {t('findings.unsure', { share: share(finding.confidence_score ?? 0) })}
        </p>
      ) : null}
      {editing ? <Editor finding={finding} actions={actions} /> : <Deciders {...{ finding, actions }} />}
      <p className={classes.place}>
        <Decided finding={finding} />
      </p>
    </Stack>
  );
}

function Rewrite({ text, language }: { text: string; language: string }) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  return (
    <div className={classes.rewrite}>
      <p>
        <b>{t('findings.rewrite')}</b> <span lang={language}>{text}</span>
      </p>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="subtle" onClick={copy}>
            {common(copied ? 'action.copied' : 'action.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}

type DecidersProps = { finding: FindingResponse; actions: FindingActions };

function Deciders({ finding, actions }: DecidersProps) {
  const { t } = useTranslation('resume_analysis');
  const decide = (decision: 'accepted' | 'rejected' | 'open') => () => actions.onDecide([finding], decision);
  return (
    <Group gap={6} role="group" aria-label={t('decision.label')}>
      <Button
        size="compact-sm"
        variant={finding.decision === 'accepted' ? 'filled' : 'default'}
        aria-pressed={finding.decision === 'accepted'}
        onClick={decide('accepted')}
      >
        {t('decision.accept')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => actions.onEdit(finding.id)}>
        {t('decision.edit')}
      </Button>
      <Button
        size="compact-sm"
        variant={finding.decision === 'rejected' ? 'filled' : 'default'}
        aria-pressed={finding.decision === 'rejected'}
        onClick={decide('rejected')}
      >
        {t('decision.reject')}
      </Button>
      {finding.decision === 'open' ? null : (
        <Button size="compact-sm" variant="subtle" onClick={decide('open')}>
          {t('decision.reopen')}
        </Button>
      )}
    </Group>
  );
}

function Editor({ finding, actions }: DecidersProps) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const proposed = [finding.feedback_text, finding.suggestion].filter(Boolean).join(' ');
  const [text, setText] = useState(finding.edited_text ?? proposed);
  const id = useId();
  const save = (event: FormEvent) => {
    event.preventDefault();
    actions.onDecide([finding], 'edited', text.trim());
    actions.onEdit(null);
  };
  return (
    <form onSubmit={save}>
      <Textarea
        id={id}
        label={t('findings.commentLabel')}
        autosize
        minRows={2}
        maxLength={LONGEST_COMMENT}
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          actions.onEdit(null);
        }}
      />
      <Group gap={6} mt={6}>
        <Button type="submit" size="compact-sm" disabled={!text.trim()}>
          {common('action.save')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => actions.onEdit(null)}>
          {common('action.cancel')}
        </Button>
      </Group>
    </form>
  );
}
