import { Anchor, Button, Table } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { listBatchesOptions } from '@/client/@tanstack/react-query.gen';
import { Page } from '@/components/Page';
import { Pager } from '@/components/Pager';
import { Notice } from '@/components/Problem';
import { QueryView } from '@/components/QueryView';
import { whole } from './totals';

const PAGE = 30;
const AGAIN_MS = 3_000;

export function Batches() {
  const { t } = useTranslation('bulk_upload');
  const { moment, number } = useFormats();
  const { page = 1 } = useSearch({ from: '/inside/uploads' });
  const navigate = useNavigate({ from: '/uploads' });
  const found = useQuery({
    ...listBatchesOptions({ query: { page, page_size: PAGE } }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.batches.some(({ status }) => status === 'processing') ? AGAIN_MS : false,
  });
  const upload = (
    <Button renderRoot={(props) => <Link to="/upload" search={{}} {...props} />}>{t('new')}</Button>
  );
  return (
    <Page title={t('batches')} about={t('about')} actions={upload}>
      <QueryView query={found}>
        {({ batches, total_count }) =>
          batches.length === 0 ? (
            <Notice title={t('empty')} hint={t('emptyHint')} />
          ) : (
            <>
              <Table.ScrollContainer minWidth={520}>
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('when')}</Table.Th>
                      <Table.Th>{t('status.label')}</Table.Th>
                      <Table.Th ta="right">{t('files')}</Table.Th>
                      <Table.Th ta="right">{t('toConfirm')}</Table.Th>
                      <Table.Th ta="right">{t('attached')}</Table.Th>
                      <Table.Th ta="right">{t('notTaken')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {batches.map(({ batch_id, created_at, status, totals: counted }) => {
                      const totals = whole(counted);
                      return (
                        <Table.Tr key={batch_id}>
                          <Table.Th scope="row" fw={600}>
                            <Anchor
                              inherit
                              renderRoot={(props) => (
                                <Link to="/uploads/$batchId" params={{ batchId: batch_id }} {...props} />
                              )}
                            >
                              {moment(created_at)}
                            </Anchor>
                          </Table.Th>
                          <Table.Td>{t(`status.${status}`)}</Table.Td>
                          <Table.Td ta="right">
                            {number(Object.values(totals).reduce((sum, count) => sum + count, 0))}
                          </Table.Td>
                          <Table.Td ta="right">{number(totals.waiting)}</Table.Td>
                          <Table.Td ta="right">{number(totals.completed)}</Table.Td>
                          <Table.Td ta="right">{number(totals.error)}</Table.Td>
                        </Table.Tr>
                      );
                    })}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              <Pager
                offset={(page - 1) * PAGE}
                limit={PAGE}
                total={total_count}
                onMove={(offset) => {
                  const to = offset / PAGE + 1;
                  navigate({ search: { page: to > 1 ? to : undefined } });
                }}
              />
            </>
          )
        }
      </QueryView>
    </Page>
  );
}
