import { Button, NativeSelect, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { type AssignmentType, assignCandidate } from '@/client';
import { Dialog } from '@/components/Overlay';
import { Refused } from '@/components/Refused';
import { ColleagueSelect } from './ColleagueSelect';

const ASSIGNMENT_TYPES: AssignmentType[] = ['primary', 'secondary', 'viewer'];

type AssignProps = { candidateIds: string[]; onClose: () => void; onDone: () => void };

/** Gives a colleague access to candidates. */
export function Assign({ candidateIds, onClose, onDone }: AssignProps) {
  const { t } = useTranslation('candidates');
  const [colleague, setColleague] = useState<string | null>(null);
  const [type, setType] = useState<AssignmentType>('secondary');
  const assign = useMutation({
    mutationFn: async (userId: string) => {
      for (const id of candidateIds) {
        const path = { candidate_id: id, user_id: userId };
        await assignCandidate({ path, query: { assignment_type: type }, throwOnError: true });
      }
    },
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (colleague) assign.mutate(colleague);
  };
  return (
    <Dialog opened onClose={onClose} title={t('assign.title')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <ColleagueSelect label={t('assign.colleague')} value={colleague} onChange={setColleague} />
          <NativeSelect
            label={t('assign.as')}
            value={type}
            onChange={(event) => setType(event.currentTarget.value as AssignmentType)}
            data={ASSIGNMENT_TYPES.map((code) => ({ value: code, label: t(`assignment.${code}`) }))}
          />
          {assign.error ? <Refused error={assign.error} /> : null}
          <Button type="submit" disabled={!colleague} loading={assign.isPending}>
            {t('assign.do')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
