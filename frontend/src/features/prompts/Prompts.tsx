import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from '@/app/i18n';
import type { PromptItem } from '@/client';
import { listPromptsOptions } from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { QueryView } from '@/components/QueryView';
import { inUse, type PromptRow } from './rows';

export function Prompts() {
  const { t } = useTranslation('prompts');
  const { t: common } = useTranslation();
  const prompts = useQuery(listPromptsOptions());
  const label = (item: PromptItem | undefined) =>
    item ? `${item.version} (${t(`source.${item.source}`)})` : '–';
  const columns: Column<PromptRow>[] = [
    {
      key: 'agent',
      label: t('agent'),
      heading: true,
      cell: (row) => (
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link
              to="/admin/prompts/$name/$locale"
              params={{ name: row.name, locale: row.locale }}
              {...props}
            />
          )}
        >
          {t(`agents.${row.agent}`)}
        </Anchor>
      ),
    },
    {
      key: 'industry',
      label: common('industry.label'),
      cell: (row) => (row.industry ? common(`industry.${row.industry as 'ma_finance'}`) : t('everyIndustry')),
    },
    { key: 'language', label: common('language.label'), cell: (row) => common(`language.${row.locale}`) },
    { key: 'production', label: t('label.production'), cell: (row) => label(row.production) },
    { key: 'canary', label: t('label.canary'), cell: (row) => label(row.canary) },
  ];
  return (
    <Page title={t('prompts')} about={t('about')}>
      <QueryView query={prompts}>
        {(data) => (
          <DataTable
            label={t('prompts')}
            columns={columns}
            rows={inUse(data.prompts)}
            keyOf={(row) => `${row.name}/${row.locale}`}
          />
        )}
      </QueryView>
    </Page>
  );
}
