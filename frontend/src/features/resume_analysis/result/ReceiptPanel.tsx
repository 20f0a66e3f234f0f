import { Anchor, Stack, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { Review, ReviewAgentReceipt, StatusResponse } from '@/client';
import { useNames } from './names';
import { Part } from './Overview';
import classes from './Result.module.css';

/** All that is needed to get the same answer again. */
export function ReceiptPanel({ review, status }: { review: Review; status: StatusResponse }) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const { moment, number, seconds } = useFormats();
  const names = useNames();
  const { receipt, document } = review;
  const rows: [string, ReactNode][] = [
    [t('receipt.engine'), t(`receipt.engines.${review.engine === 'rubric' ? 'rubric' : 'both'}`)],
    [t('receipt.model'), receipt.model],
    [t('receipt.rubric'), receipt.rubric],
    [t('receipt.pack'), receipt.pack],
    [t('receipt.extractor'), receipt.extractor],
    [t('receipt.prompts'), receipt.prompts?.length ? receipt.prompts.join(', ') : null],
    [t('receipt.type'), common(`reviewType.${status.review_type}`)],
    [t('receipt.language'), names.language(receipt.language)],
    [t('receipt.date'), receipt.review_date],
    [t('receipt.requested'), moment(status.requested_at)],
    [t('receipt.completed'), status.completed_at ? moment(status.completed_at) : null],
    [t('receipt.time'), seconds(receipt.elapsed_ms)],
    [t('receipt.arm'), receipt.arm],
    [t('receipt.rubricOverall'), receipt.rubric_overall ?? null],
    [t('receipt.settings'), receipt.settings?.length ? receipt.settings.join('; ') : null],
    [
      t('receipt.reused'),
      receipt.reused_from ? (
        <Anchor
          key="reused"
          size="sm"
          renderRoot={(props) => (
            <Link to="/reviews/$reviewId" params={{ reviewId: receipt.reused_from ?? '' }} {...props} />
          )}
        >
          {t('receipt.reusedLink')}
        </Anchor>
      ) : null,
    ],
    [t('receipt.file'), `${document.filename} · ${t('receipt.words', { count: document.words })}`],
    [
      t('receipt.kind'),
      [document.kind, document.pages > 0 ? number(document.pages) : null].filter(Boolean).join(' · '),
    ],
    ['SHA-256', <code key="hash">{document.sha256}</code>],
  ];
  return (
    <Stack gap="lg" className={classes.overview}>
      <Part title={t('section.receipt')} hint={t('receipt.hint')}>
        <dl className={classes.facts}>
          {rows.map(([name, value]) =>
            value === null || value === undefined ? null : (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
      </Part>
      {receipt.agents?.length ? <Agents agents={receipt.agents} /> : null}
    </Stack>
  );
}

function Agents({ agents }: { agents: ReviewAgentReceipt[] }) {
  const { t } = useTranslation('resume_analysis');
  const { money, number, seconds } = useFormats();
  return (
    <Part title={t('agents.title')}>
      <Table.ScrollContainer minWidth={440} tabIndex={0}>
        <Table highlightOnHover={false}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('agents.agent')}</Table.Th>
              <Table.Th ta="right">{t('agents.tokens')}</Table.Th>
              <Table.Th ta="right">{t('agents.cost')}</Table.Th>
              <Table.Th ta="right">{t('agents.time')}</Table.Th>
              <Table.Th ta="right">{t('agents.dropped')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {agents.map((agent) => (
              <Table.Tr key={agent.agent}>
                <Table.Th scope="row" fw={400}>
                  <b>{agent.agent}</b> <span className={classes.soft}>{agent.model}</span>
                  <p className={classes.soft}>
                    <code>{agent.prompt}</code>
                  </p>
                  {agent.fault ? <p className={classes.soft}>{agent.fault}</p> : null}
                  {Object.entries(agent.held_back ?? {}).map(([dimension, points]) => (
                    <Held key={dimension} dimension={dimension} points={points} />
                  ))}
                </Table.Th>
                <Table.Td ta="right">
                  {number(agent.input_tokens ?? 0)} / {number(agent.output_tokens ?? 0)}
                </Table.Td>
                <Table.Td ta="right">{agent.cost_usd ? money(agent.cost_usd) : '–'}</Table.Td>
                <Table.Td ta="right">{seconds(agent.latency_ms ?? 0)}</Table.Td>
                <Table.Td ta="right">
                  {number(agent.dropped ?? 0)} / {number(agent.quotes ?? 0)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Part>
  );
}

function Held({ dimension, points }: { dimension: string; points: number }) {
  const { t } = useTranslation('resume_analysis');
  const names = useNames();
  return (
    <p className={classes.soft}>{t('agents.held', { dimension: names.dimension(dimension), points })}</p>
  );
}
