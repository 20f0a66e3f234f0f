import { MultiSelect, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '@/app/i18n';
import type { PromptDetail } from '@/client';
import {
  listPromptTrialsQueryKey,
  listResumesOptions,
  startPromptTrialMutation,
} from '@/client/@tanstack/react-query.gen';
import { Form } from '@/components/Form';
import { INDUSTRIES } from '@/components/industries';

const OFFERED = 50;

type NewTrialProps = { prompt: PromptDetail; onClose: () => void; onStarted: (id: string) => void };

export function NewTrial({ prompt, onClose, onStarted }: NewTrialProps) {
  const { t } = useTranslation('prompts');
  const { t: common } = useTranslation();
  const queries = useQueryClient();
  const published = prompt.versions.find((item) => item.labels.includes('production'))?.version;
  const [version, setVersion] = useState(
    prompt.versions.find((item) => item.version !== published)?.version ?? prompt.shown,
  );
  const [industry, setIndustry] = useState<string>(INDUSTRIES[0]);
  const [chosen, setChosen] = useState<string[]>([]);
  const resumes = useQuery(listResumesOptions({ query: { page_size: OFFERED, status: 'completed' } }));
  const start = useMutation({
    ...startPromptTrialMutation(),
    onSuccess: (started) => {
      queries.invalidateQueries({ queryKey: listPromptTrialsQueryKey() });
      onStarted(started.id);
    },
  });
  const { name, locale } = prompt;
  return (
    <Form
      submit={t('startTrial')}
      pending={start.isPending}
      error={start.error}
      onCancel={onClose}
      onSubmit={() => start.mutate({ body: { name, locale, version, industry, resume_ids: chosen } })}
    >
      <NativeSelect
        label={t('tried')}
        description={t('triedHint', { version: published ?? '–' })}
        value={version}
        onChange={(event) => setVersion(event.currentTarget.value)}
        data={prompt.versions.map((item) => item.version)}
      />
      <NativeSelect
        label={common('industry.label')}
        value={industry}
        onChange={(event) => setIndustry(event.currentTarget.value)}
        data={INDUSTRIES.map((value) => ({ value, label: common(`industry.${value}`) }))}
      />
      <MultiSelect
        label={t('resumes')}
        description={t('resumesHint')}
        searchable
        required
        withAsterisk={false}
        value={chosen}
        onChange={setChosen}
        data={(resumes.data?.uploads ?? []).map((resume) => ({
          value: resume.id,
          label: `${resume.candidate_name}: ${resume.original_filename}`,
        }))}
      />
    </Form>
  );
}
