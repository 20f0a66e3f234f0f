import { Button, Group } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { Lines } from '@/components/QueryView';
import { Refused } from '@/components/Refused';
import { FileLine } from './FileLine';
import { ReviewForm } from './ReviewForm';
import { newKey } from './sending';
import { useSending } from './useSending';

type OneFileProps<T> = {
  file: File;
  path: string;
  /** The name of the file's part of the form. */
  part: string;
  whose?: ReactNode;
  onDone: (answer: T) => void;
  onAnother: () => void;
};

/** A file that is being sent; what it is judged for can be chosen meanwhile. */
export function OneFile<T>({ file, path, part, whose, onDone, onAnother }: OneFileProps<T>) {
  const { t } = useTranslation('resume_upload');
  const { t: common } = useTranslation();
  const [key] = useState(newKey);
  const { status, sent, total, error, start, cancel } = useSending<T>(onDone);
  const begin = useCallback(() => {
    const form = new FormData();
    form.append(part, file, file.name);
    start(path, form, key);
  }, [file, part, path, key, start]);
  useEffect(begin, [begin]);

  const failed = status === 'failed';
  const whole = total > 0 && sent >= total;
  return (
    <ReviewForm
      file={
        <>
          <FileLine
            name={file.name}
            size={file.size}
            share={failed ? null : total > 0 ? sent / total : 0}
            state={failed ? t('notSent') : t(whole ? 'reading' : 'sending')}
            onCancel={
              failed
                ? undefined
                : () => {
                    cancel();
                    onAnother();
                  }
            }
          />
          {failed ? (
            <>
              <Refused error={error} />
              <Group gap="sm" mt="xs">
                <Button variant="default" onClick={onAnother}>
                  {t('another')}
                </Button>
                <Button variant="default" onClick={begin}>
                  {common('state.retry')}
                </Button>
              </Group>
            </>
          ) : null}
        </>
      }
      whose={whose ?? <Lines />}
      waitsFor={t(failed ? 'waits.file' : 'waits.sending')}
      onStart={async () => undefined}
    />
  );
}
