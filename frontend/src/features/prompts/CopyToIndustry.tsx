import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from '@/app/i18n';
import type { PromptDetail } from '@/client';
import { copyPromptMutation, listPromptsQueryKey } from '@/client/@tanstack/react-query.gen';
import { Form } from '@/components/Form';
import { INDUSTRIES } from '@/components/industries';

type CopyProps = { prompt: PromptDetail; onClose: () => void };

/** A prompt of its own for one industry, which then goes before the general one. */
export function CopyToIndustry({ prompt, onClose }: CopyProps) {
  const { t } = useTranslation('prompts');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [industry, setIndustry] = useState<string>(INDUSTRIES[0]);
  const [note, setNote] = useState('');
  const { name, locale } = prompt;
  const copy = useMutation({
    ...copyPromptMutation(),
    onSuccess: (made) => {
      queries.invalidateQueries({ queryKey: listPromptsQueryKey() });
      onClose();
      navigate({
        to: '/admin/prompts/$name/$locale',
        params: { name: made.name, locale: made.locale },
        search: { part: 'versions' },
      });
    },
  });
  return (
    <Form
      submit={t('copy')}
      pending={copy.isPending}
      error={copy.error}
      onCancel={onClose}
      onSubmit={() => copy.mutate({ path: { name, locale }, body: { industry, note: note || null } })}
    >
      <NativeSelect
        label={common('industry.label')}
        value={industry}
        onChange={(event) => setIndustry(event.currentTarget.value)}
        data={INDUSTRIES.map((value) => ({ value, label: common(`industry.${value}`) }))}
      />
      <TextInput label={t('note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </Form>
  );
}
