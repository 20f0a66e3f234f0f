import { Button } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { downloadFile } from '@/app/api';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import { useUser } from '@/app/session';
import { listReviewsOptions } from '@/client/@tanstack/react-query.gen';
import { Page } from '@/components/Page';
import { Pager } from '@/components/Pager';
import { Notice } from '@/components/Problem';
import { QueryView } from '@/components/QueryView';
import { Filters } from './history/Filters';
import { HistoryTable } from './history/HistoryTable';
import { exportPath, type HistorySearch, isFiltered, queryOf } from './history/search';

const AGAIN_MS = 3_000;

/** All reviews one may see. */
export function Reviews() {
  const { t } = useTranslation('resume_analysis');
  const search = useSearch({ from: '/inside/reviews' });
  const navigate = useNavigate({ from: '/reviews' });
  const user = useUser();
  const found = useQuery({
    ...listReviewsOptions({ query: queryOf(search, user.id) }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.analyses.some(({ status }) => status === 'pending' || status === 'processing')
        ? AGAIN_MS
        : false,
  });
  const csv = useMutation({
    mutationFn: () => downloadFile(exportPath(search, user.id), 'reviews.csv'),
    onError: tellFailure,
  });
  const change = (part: HistorySearch) =>
    navigate({ search: (before) => ({ ...before, page: undefined, ...part }), replace: true });

  return (
    <Page
      title={t('reviews')}
      about={found.data ? t('history.count', { count: found.data.total_count }) : ' '}
      actions={
        <>
          <Button variant="default" loading={csv.isPending} onClick={() => csv.mutate()}>
            {t('history.csv')}
          </Button>
          <Button renderRoot={(props) => <Link to="/upload" search={{}} {...props} />}>
            {t('history.new')}
          </Button>
        </>
      }
    >
      <Filters value={search} onChange={change} />
      <QueryView query={found}>
        {({ analyses, total_count, page, page_size }) =>
          analyses.length === 0 ? (
            <Notice
              title={t(isFiltered(search) ? 'history.nothing' : 'history.empty')}
              hint={t(isFiltered(search) ? 'history.nothingHint' : 'history.emptyHint')}
            />
          ) : (
            <>
              <HistoryTable
                reviews={analyses}
                sort={search.sort ?? 'date'}
                up={search.up ?? false}
                onSort={(sort, up) =>
                  change({ sort: sort === 'date' ? undefined : sort, up: up || undefined })
                }
              />
              <Pager
                offset={(page - 1) * page_size}
                limit={page_size}
                total={total_count}
                onMove={(offset) => {
                  const to = offset / page_size + 1;
                  navigate({ search: (before) => ({ ...before, page: to > 1 ? to : undefined }) });
                }}
              />
            </>
          )
        }
      </QueryView>
    </Page>
  );
}
