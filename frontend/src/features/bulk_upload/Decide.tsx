import { Button, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import type { BatchItemResponse, Decision } from '@/client';
import { SidePanel } from '@/components/Overlay';
import { CandidateChoice } from '@/features/resume_upload/CandidateChoice';
import { firstGuess, isComplete } from '@/features/resume_upload/whose';
import { decided } from './decisions';

type DecideProps = {
  item: BatchItemResponse;
  onClose: () => void;
  onDecide: (decision: Decision) => void;
};

/** Whose one of the files is, when it is not as proposed. */
export function Decide({ item, onClose, onDecide }: DecideProps) {
  const { t } = useTranslation('bulk_upload');
  const [whose, setWhose] = useState(() => firstGuess(item));
  const complete = isComplete(whose, item.candidate);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete) onDecide(decided(item, whose));
  };
  return (
    <SidePanel opened onClose={onClose} title={t('whose')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {item.filename}
          </Text>
          <CandidateChoice item={item} value={whose} onChange={setWhose} />
          <Button type="submit" disabled={!complete}>
            {t('confirm')}
          </Button>
        </Stack>
      </form>
    </SidePanel>
  );
}
