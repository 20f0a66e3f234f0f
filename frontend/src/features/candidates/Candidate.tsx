import { Anchor, Button, Menu, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { downloadFile } from '@/app/api';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tell, tellFailure } from '@/app/notify';
import { useUser } from '@/app/session';
import { archiveCandidate, type CandidateResponse, restoreCandidate } from '@/client';
import {
  getCandidateOptions,
  getCandidateQueryKey,
  listCandidatesQueryKey,
} from '@/client/@tanstack/react-query.gen';
import { Page } from '@/components/Page';
import { QueryView } from '@/components/QueryView';
import { Section } from '@/components/Section';
import { Assignments } from './Assignments';
import classes from './Candidate.module.css';
import { isLead } from './colleagues';
import { Reviews } from './Reviews';
import { Versions } from './Versions';

const CandidateDrawer = lazy(() =>
  import('./CandidateDrawer').then((module) => ({ default: module.CandidateDrawer })),
);
const Erase = lazy(() => import('./Erase').then((module) => ({ default: module.Erase })));

export function Candidate() {
  const { candidateId } = useParams({ from: '/inside/candidates/$candidateId' });
  const { t } = useTranslation('candidates');
  const candidate = useQuery(getCandidateOptions({ path: { candidate_id: candidateId } }));
  if (candidate.data) return <Known candidate={candidate.data} />;
  return (
    <Page title={t('candidate')} crumbs={[{ label: t('candidates'), to: '/candidates' }]}>
      <QueryView query={candidate}>{() => null}</QueryView>
    </Page>
  );
}

function Known({ candidate }: { candidate: CandidateResponse }) {
  const { t } = useTranslation('candidates');
  const { name } = useFormats();
  const work = [candidate.current_position, candidate.current_company].filter(Boolean).join(', ');
  return (
    <Page
      title={name(candidate)}
      crumbs={[{ label: t('candidates'), to: '/candidates' }]}
      about={[work, candidate.status === 'active' ? null : t(`status.${candidate.status}`)]
        .filter(Boolean)
        .join(' · ')}
      actions={<Actions candidate={candidate} />}
    >
      <div className={classes.columns}>
        <div className={classes.column}>
          <Section title={t('versionsOf')}>
            <Versions candidateId={candidate.id} />
          </Section>
          <Section title={t('reviews')}>
            <Reviews candidateId={candidate.id} />
          </Section>
        </div>
        <div className={classes.column}>
          <Section title={t('profile')}>
            <Profile candidate={candidate} />
          </Section>
          <Section title={t('assignments')}>
            <Assignments candidateId={candidate.id} />
          </Section>
        </div>
      </div>
    </Page>
  );
}

function Actions({ candidate }: { candidate: CandidateResponse }) {
  const { t } = useTranslation('candidates');
  const { t: common } = useTranslation();
  const lead = isLead(useUser().role);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'edit' | 'erase' | null>(null);
  const close = () => setOpen(null);
  const path = { candidate_id: candidate.id };
  const archived = candidate.status === 'archived';
  const move = useMutation({
    mutationFn: () => (archived ? restoreCandidate : archiveCandidate)({ path, throwOnError: true }),
    onSuccess: ({ data }) => {
      client.setQueryData(getCandidateQueryKey({ path }), data);
      client.invalidateQueries({ queryKey: listCandidatesQueryKey() });
      tell(t(archived ? 'restored' : 'archivedOne'));
    },
    onError: tellFailure,
  });
  const all = useMutation({
    mutationFn: () =>
      downloadFile(`/api/v1/candidates/${candidate.id}/export`, `candidate-${candidate.id}.zip`),
    onError: tellFailure,
  });
  return (
    <>
      <Button variant="default" onClick={() => setOpen('edit')}>
        {common('action.edit')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" loading={move.isPending || all.isPending}>
            {common('action.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => all.mutate()}>{t('export')}</Menu.Item>
          <Menu.Item onClick={() => move.mutate()}>{t(archived ? 'restore' : 'archive')}</Menu.Item>
          {lead ? (
            <Menu.Item color="var(--mantine-color-error)" onClick={() => setOpen('erase')}>
              {t('erase.menu')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <Button renderRoot={(props) => <Link to="/upload" search={{ candidate: candidate.id }} {...props} />}>
        {t('uploadVersion')}
      </Button>
      <Suspense>
        {open === 'edit' ? <CandidateDrawer candidate={candidate} onClose={close} onDone={close} /> : null}
        {open === 'erase' ? (
          <Erase
            candidate={candidate}
            onClose={close}
            onDone={() => {
              client.removeQueries({ queryKey: getCandidateQueryKey({ path }) });
              client.invalidateQueries({ queryKey: listCandidatesQueryKey() });
              tell(t('erase.done'));
              navigate({ to: '/candidates' });
            }}
          />
        ) : null}
      </Suspense>
    </>
  );
}

function Profile({ candidate }: { candidate: CandidateResponse }) {
  const { t } = useTranslation('candidates');
  const { day, number } = useFormats();
  const years = candidate.years_experience;
  const facts: [label: string, value: string | null, href?: string][] = [
    [t('field.email'), candidate.email, `mailto:${candidate.email}`],
    [t('field.phone'), candidate.phone, `tel:${candidate.phone}`],
    [t('field.current_company'), candidate.current_company],
    [t('field.current_position'), candidate.current_position],
    [t('field.years_experience'), years === null ? null : number(years)],
    [t('status.label'), t(`status.${candidate.status}`)],
    [t('registered'), day(candidate.created_at)],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value, href]) => (
        <div key={label}>
          <Text component="dt" size="sm" c="dimmed">
            {label}
          </Text>
          <Text component="dd" size="sm">
            {value && href ? (
              <Anchor inherit href={href}>
                {value}
              </Anchor>
            ) : (
              (value ?? '–')
            )}
          </Text>
        </div>
      ))}
    </dl>
  );
}
