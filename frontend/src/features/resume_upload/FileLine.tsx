import { Button, Group, Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import classes from './Upload.module.css';

type FileLineProps = {
  name: string;
  size: number;
  /** What is happening to it, in words. */
  state?: ReactNode;
  /** From 0 to 1 while it is under way. */
  share?: number | null;
  onCancel?: () => void;
};

export function FileLine({ name, size, state, share = null, onCancel }: FileLineProps) {
  const { t } = useTranslation('resume_upload');
  const { t: common } = useTranslation();
  const { bytes } = useFormats();
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="md" align="baseline">
        <Text fw={600} className={classes.name}>
          {name}
        </Text>
        <Text size="sm" c="dimmed" className={classes.size}>
          {bytes(size)}
        </Text>
      </Group>
      {share === null ? null : (
        <Progress value={share * 100} size="sm" mt={4} aria-label={t('sendingFile', { name })} />
      )}
      <Group justify="space-between" mih={28}>
        <Text size="sm" c="dimmed" role="status" component="div">
          {state}
        </Text>
        {onCancel ? (
          <Button variant="subtle" size="compact-sm" onClick={onCancel}>
            {common('action.cancel')}
          </Button>
        ) : null}
      </Group>
    </div>
  );
}
