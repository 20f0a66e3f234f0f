import { SegmentedControl, Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { FindingResponse, StatusResponse } from '@/client';
import { Page } from '@/components/Page';
import { Problem } from '@/components/Problem';
import { Lines } from '@/components/QueryView';
import { Evidence } from '../evidence/Evidence';
import { hiddenMarks, markOf, tierMarks } from '../evidence/marks';
import { useDecisions } from '../findings/decisions';
import { FindingList } from '../findings/FindingList';
import { FindingsPanel } from '../findings/FindingsPanel';
import { VIEWS, type View } from '../search';
import { IntegrityPanel } from './IntegrityPanel';
import { useNames } from './names';
import { Overview } from './Overview';
import { ReceiptPanel } from './ReceiptPanel';
import classes from './Result.module.css';
import { ResultActions } from './ResultActions';
import { type Choosing, useChoosing } from './useChoosing';
import { type Loaded, useResult } from './useResult';
import { Warnings } from './Warnings';

/** The result of a review: left the resume as uploaded, right what was found, and the two point at each other. */
export function Result({ status }: { status: StatusResponse }) {
  const { t } = useTranslation('resume_analysis');
  const { loaded, error, retry } = useResult(status);
  if (loaded) return <Shown status={status} loaded={loaded} />;
  return (
    <Page title={t('review')} crumbs={[{ label: t('reviews'), to: '/reviews' }]} wide>
      {error ? <Problem error={error} retry={retry} /> : <Lines />}
    </Page>
  );
}

function Shown({ status, loaded }: { status: StatusResponse; loaded: Loaded }) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const { name, moment } = useFormats();
  const names = useNames();
  const { review, document, findings, candidate } = loaded;
  const decisions = useDecisions(status.analysis_id);
  const choosing = useChoosing(findings, decisions);
  const { chosen, lit, actions, pane, wide, view, shown, strengths } = choosing;
  const [showHidden, setShowHidden] = useState(false);
  const hidden = useMemo(() => hiddenMarks(review.integrity), [review]);
  const tier = useMemo(
    () => tierMarks(document, review.market_tier?.evidence ?? [], common('tier.label')),
    [document, review, common],
  );
  const place = (finding: FindingResponse) => markOf(finding, document);
  const marks = [...(view === 'strengths' ? strengths : shown).map(place), ...tier];
  // A finding that the filters hide, or one of the other list, still lights up when it is the chosen one.
  const other = findings.find((finding) => finding.id === chosen);
  if (other && !marks.some((mark) => mark.id === chosen)) marks.push(place(other));

  return (
    <Page
      wide
      fill
      title={candidate ? name(candidate) : document.source.filename}
      crumbs={[{ label: t('reviews'), to: '/reviews' }]}
      about={[
        review.document.filename,
        names.industry(status.industry),
        common(`reviewType.${status.review_type}`),
        status.completed_at ? moment(status.completed_at) : null,
      ]
        .filter(Boolean)
        .join(' · ')}
      actions={<ResultActions status={status} loaded={loaded} />}
    >
      <Warnings review={review} />
      {wide ? null : (
        <SegmentedControl
          fullWidth
          aria-label={t('panes.label')}
          value={pane ?? 'findings'}
          onChange={(value) => choosing.onPane(value === 'page' ? 'page' : undefined)}
          data={[
            { value: 'findings', label: t('panes.findings') },
            { value: 'page', label: t('panes.page') },
          ]}
        />
      )}
      <div className={classes.panes}>
        {wide || pane ? (
          <Evidence
            resumeId={status.resume_id}
            document={document}
            marks={marks}
            hidden={hidden}
            showHidden={showHidden}
            onShowHidden={setShowHidden}
            chosen={chosen}
            lit={lit}
            onChoose={actions.onChoose}
            onLight={actions.onLight}
          />
        ) : null}
        {wide || !pane ? (
          <Panel
            {...{ status, loaded, choosing, showHidden, onShowHidden: setShowHidden, placed: hidden.length }}
          />
        ) : null}
      </div>
    </Page>
  );
}

type PanelProps = {
  status: StatusResponse;
  loaded: Loaded;
  choosing: Choosing;
  showHidden: boolean;
  onShowHidden: (shown: boolean) => void;
  placed: number;
};

function Panel({ status, loaded, choosing, ...hidden }: PanelProps) {
  const { t } = useTranslation('resume_analysis');
  const { review, document } = loaded;
  const { view, comments, strengths, shown, filter, actions } = choosing;
  const list = {
    gains: useMemo(() => new Map(review.top_fixes.map((fix) => [fix.check, fix.gain])), [review]),
    chosen: choosing.chosen,
    lit: choosing.lit,
    editing: choosing.editing,
    takesFocus: choosing.takesFocus,
    language: review.receipt.language,
    document,
  };
  const counts: Record<View, number | null> = {
    overview: null,
    findings: comments.length,
    strengths: strengths.length,
    integrity: review.integrity.length,
    receipt: null,
  };
  const views = VIEWS.filter((one) => one !== 'strengths' || strengths.length > 0);
  return (
    <Tabs
      value={view}
      onChange={(next) => choosing.onView(next as View)}
      keepMounted={false}
      className={classes.panel}
      classNames={{ panel: classes.content, list: classes.tabs, tab: classes.tab }}
    >
      <Tabs.List>
        {views.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`view.${one}`)}
            {counts[one] === null ? null : <span className={classes.count}>{counts[one]}</span>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="overview">
        <Overview {...{ review, document, findings: comments }} onChoose={actions.onChoose} />
      </Tabs.Panel>
      <Tabs.Panel value="findings">
        <FindingsPanel
          all={comments}
          findings={shown}
          filter={filter}
          onFilter={choosing.onFilter}
          actions={actions}
          {...list}
        />
      </Tabs.Panel>
      <Tabs.Panel value="strengths">
        <FindingList
          findings={strengths}
          selected={null}
          actions={{ ...actions, onSelect: () => undefined }}
          {...list}
        />
      </Tabs.Panel>
      <Tabs.Panel value="integrity">
        <IntegrityPanel marks={review.integrity} document={document} {...hidden} />
      </Tabs.Panel>
      <Tabs.Panel value="receipt">
        <ReceiptPanel review={review} status={status} />
      </Tabs.Panel>
    </Tabs>
  );
}
