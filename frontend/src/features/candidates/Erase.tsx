import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { type CandidateResponse, eraseCandidate } from '@/client';
import { Dialog } from '@/components/Overlay';
import { Refused } from '@/components/Refused';

type EraseProps = { candidate: CandidateResponse; onClose: () => void; onDone: () => void };

/** Deletes all about a person, once their name was typed. */
export function Erase({ candidate, onClose, onDone }: EraseProps) {
  const { t } = useTranslation('candidates');
  const { t: common } = useTranslation();
  const { name } = useFormats();
  const [typed, setTyped] = useState('');
  const shown = name(candidate);
  const erase = useMutation({
    // The server knows the name in its own order.
    mutationFn: () =>
      eraseCandidate({
        path: { candidate_id: candidate.id },
        body: { confirm: `${candidate.first_name} ${candidate.last_name}` },
        throwOnError: true,
      }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === shown) erase.mutate();
  };
  return (
    <Dialog opened onClose={onClose} title={t('erase.title', { name: shown })}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{t('erase.what')}</Text>
          <TextInput
            label={common('action.confirm', { name: shown })}
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {erase.error ? <Refused error={erase.error} /> : null}
          <Button type="submit" color="rust" disabled={typed.trim() !== shown} loading={erase.isPending}>
            {t('erase.do')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
