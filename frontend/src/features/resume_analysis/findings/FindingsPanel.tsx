import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import type { FeedbackDecision, FindingResponse } from '@/client';
import { Notice } from '@/components/Problem';
import { Filters } from './Filters';
import { type FindingActions, FindingList } from './FindingList';
import classes from './Findings.module.css';
import type { FindingFilter } from './filter';

type FindingsPanelProps = Omit<Parameters<typeof FindingList>[0], 'selected' | 'actions'> & {
  /** All of them; `findings` are those that the filters leave. */
  all: FindingResponse[];
  filter: FindingFilter;
  onFilter: (filter: FindingFilter) => void;
  actions: Omit<FindingActions, 'onSelect'>;
};

/** The findings with their filters, and decisions about several at once. */
export function FindingsPanel({ all, findings, filter, onFilter, actions, ...rest }: FindingsPanelProps) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const picked = findings.filter((finding) => selected.has(finding.id));
  const listActions = useMemo<FindingActions>(
    () => ({
      ...actions,
      onSelect: (id) => setSelected((before) => toggled(before, id)),
    }),
    [actions],
  );
  const decide = (decision: FeedbackDecision) => () => {
    actions.onDecide(picked, decision);
    setSelected(new Set());
  };

  if (all.length === 0) return <Notice title={t('findings.none')} />;
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <Filters findings={all} filter={filter} onFilter={onFilter} />
      </div>
      <div className={classes.bar}>
        <Checkbox
          size="xs"
          label={
            picked.length > 0
              ? t('findings.selected', { count: picked.length })
              : t('findings.count', { count: findings.length })
          }
          aria-label={t('findings.selectAll')}
          disabled={findings.length === 0}
          checked={picked.length > 0 && picked.length === findings.length}
          indeterminate={picked.length > 0 && picked.length < findings.length}
          onChange={() =>
            setSelected(
              picked.length === findings.length ? new Set() : new Set(findings.map((finding) => finding.id)),
            )
          }
        />
        {picked.length > 0 ? (
          <Group gap={6} ml="auto">
            <Button size="compact-xs" variant="default" onClick={decide('accepted')}>
              {t('decision.accept')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={decide('rejected')}>
              {t('decision.reject')}
            </Button>
            <Button size="compact-xs" variant="subtle" onClick={decide('open')}>
              {t('decision.reopen')}
            </Button>
          </Group>
        ) : null}
      </div>
      {findings.length > 0 ? (
        <FindingList findings={findings} selected={selected} actions={listActions} {...rest} />
      ) : (
        <Group p="md">
          <Text c="dimmed">{t('findings.filtered')}</Text>
          <Button variant="default" size="compact-sm" onClick={() => onFilter({})}>
            {common('action.clear')}
          </Button>
        </Group>
      )}
    </div>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
