import { Button, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { reassignCandidates } from '@/client';
import { Dialog } from '@/components/Overlay';
import { Refused } from '@/components/Refused';
import { ColleagueSelect } from './ColleagueSelect';

type HandOverProps = { candidateIds: string[]; onClose: () => void; onDone: (moved: number) => void };

/** From one colleague to another: the chosen candidates, or all of them when somebody leaves. */
export function HandOver({ candidateIds, onClose, onDone }: HandOverProps) {
  const { t } = useTranslation('candidates');
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const [reason, setReason] = useState('');
  const handOver = useMutation({
    mutationFn: async () => {
      const { data } = await reassignCandidates({
        body: {
          from_user_id: from ?? '',
          to_user_id: to ?? '',
          reason,
          candidate_ids: all ? null : candidateIds,
        },
        throwOnError: true,
      });
      return data.total_count;
    },
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (from && to) handOver.mutate();
  };
  return (
    <Dialog opened onClose={onClose} title={t('handOver.title')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Radio.Group
            aria-label={t('handOver.which')}
            value={String(all)}
            onChange={(which) => setAll(which === 'true')}
          >
            <Stack gap="xs">
              <Radio value="false" label={t('handOver.chosen', { count: candidateIds.length })} />
              <Radio value="true" label={t('handOver.all')} />
            </Stack>
          </Radio.Group>
          <ColleagueSelect label={t('handOver.from')} value={from} onChange={setFrom} closedToo />
          <ColleagueSelect label={t('handOver.to')} value={to} onChange={setTo} />
          <TextInput
            label={t('reason')}
            required
            withAsterisk={false}
            maxLength={255}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {handOver.error ? <Refused error={handOver.error} /> : null}
          <Button type="submit" disabled={!from || !to} loading={handOver.isPending}>
            {t('handOver.do')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
