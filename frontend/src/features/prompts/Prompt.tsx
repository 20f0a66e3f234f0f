import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from '@/app/i18n';
import { getPromptOptions } from '@/client/@tanstack/react-query.gen';
import { Page } from '@/components/Page';
import { QueryView } from '@/components/QueryView';
import { Draft } from './Draft';
import { PARTS, type PromptPart } from './routes';
import { Trials } from './Trials';
import { Versions } from './Versions';

export function Prompt() {
  const { t } = useTranslation('prompts');
  const { t: common } = useTranslation();
  const path = useParams({ from: '/inside/admin/admin/prompts/$name/$locale' });
  const search = useSearch({ from: '/inside/admin/admin/prompts/$name/$locale' });
  const navigate = useNavigate({ from: '/admin/prompts/$name/$locale' });
  const prompt = useQuery(getPromptOptions({ path, query: { version: search.version } }));
  return (
    <Page
      title={path.name}
      crumbs={[{ label: t('prompts'), to: '/admin/prompts' }]}
      about={common(`language.${path.locale}`)}
      wide
    >
      <QueryView query={prompt}>
        {(data) => (
          <Tabs
            value={search.part ?? 'edit'}
            onChange={(part) => navigate({ search: (now) => ({ ...now, part: part as PromptPart }) })}
            keepMounted={false}
          >
            <Tabs.List mb="md">
              {PARTS.map((part) => (
                <Tabs.Tab key={part} value={part}>
                  {t(`part.${part}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="edit">
              <Draft key={data.shown} prompt={data} />
            </Tabs.Panel>
            <Tabs.Panel value="versions">
              <Versions prompt={data} />
            </Tabs.Panel>
            <Tabs.Panel value="trials">
              <Trials prompt={data} />
            </Tabs.Panel>
          </Tabs>
        )}
      </QueryView>
    </Page>
  );
}
