import '@mantine/dropzone/styles.layer.css';
import { Button, Group, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from '@/app/i18n';
import { acceptedEnds } from './checks';
import { limitsOptions } from './limits';
import classes from './Upload.module.css';

type DropAreaProps = { onFiles: (files: File[]) => void; multiple?: boolean; main?: boolean };

/** Where files are dropped or chosen; what is refused is said where they are listed. */
export function DropArea({ onFiles, multiple = true, main = false }: DropAreaProps) {
  const { t } = useTranslation('resume_upload');
  const limits = useQuery(limitsOptions()).data;
  const open = useRef<() => void>(null);
  return (
    <Dropzone
      className={classes.drop}
      openRef={open}
      onDrop={onFiles}
      multiple={multiple}
      // One control only: the button. The area itself takes what is dropped.
      activateOnClick={false}
      activateOnKeyboard={false}
      enablePointerEvents
      inputProps={{ accept: limits && acceptedEnds(limits).join(','), 'aria-hidden': true }}
    >
      <Group gap="md" justify="space-between">
        <div>
          <Text fw={600}>{t(multiple ? 'drop' : 'dropOne')}</Text>
          <Text size="sm" c="dimmed">
            {limits ? t('kinds', { megabytes: limits.max_file_size_mb }) : ' '}
          </Text>
        </div>
        <Button variant={main ? 'filled' : 'default'} onClick={() => open.current?.()}>
          {t('choose')}
        </Button>
      </Group>
    </Dropzone>
  );
}
