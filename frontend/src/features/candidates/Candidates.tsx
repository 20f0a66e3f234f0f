import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { useUser } from '@/app/session';
import { listCandidatesOptions } from '@/client/@tanstack/react-query.gen';
import { Page } from '@/components/Page';
import { Pager } from '@/components/Pager';
import { Notice } from '@/components/Problem';
import { QueryView } from '@/components/QueryView';
import { CandidateTable } from './CandidateTable';
import { isLead } from './colleagues';
import { Filters } from './Filters';
import { Selected } from './Selected';
import { type CandidatesSearch, isFiltered, queryOf } from './search';

const CandidateDrawer = lazy(() =>
  import('./CandidateDrawer').then((module) => ({ default: module.CandidateDrawer })),
);

export function Candidates() {
  const { t } = useTranslation('candidates');
  const search = useSearch({ from: '/inside/candidates' });
  const navigate = useNavigate({ from: '/candidates' });
  const user = useUser();
  const [creating, { open, close }] = useDisclosure();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const found = useQuery({
    ...listCandidatesOptions({ query: queryOf(search, user.id) }),
    placeholderData: keepPreviousData,
  });

  const change = (part: CandidatesSearch) => {
    setChosen(new Set());
    navigate({ search: (before) => ({ ...before, offset: undefined, ...part }), replace: true });
  };
  const create = <Button onClick={open}>{t('create')}</Button>;

  return (
    <Page
      title={t('candidates')}
      about={found.data ? t('count', { count: found.data.total_count }) : ' '}
      actions={create}
    >
      <Filters value={search} onChange={change} />
      <QueryView query={found}>
        {({ candidates, total_count, limit, offset }) =>
          candidates.length === 0 ? (
            <Notice
              title={t(isFiltered(search) ? 'nobody' : 'empty')}
              hint={t(isFiltered(search) ? 'nobodyHint' : 'emptyHint')}
            />
          ) : (
            <Stack gap="sm">
              {chosen.size > 0 ? (
                <Selected
                  candidates={candidates.filter(({ id }) => chosen.has(id))}
                  onDone={() => setChosen(new Set())}
                />
              ) : null}
              <CandidateTable
                candidates={candidates}
                chosen={isLead(user.role) ? chosen : null}
                onChoose={setChosen}
              />
              <Pager
                offset={offset}
                limit={limit}
                total={total_count}
                onMove={(to) => navigate({ search: (before) => ({ ...before, offset: to || undefined }) })}
              />
            </Stack>
          )
        }
      </QueryView>
      <Suspense>
        {creating ? (
          <CandidateDrawer
            onClose={close}
            onDone={({ id }) => navigate({ to: '/candidates/$candidateId', params: { candidateId: id } })}
          />
        ) : null}
      </Suspense>
    </Page>
  );
}
