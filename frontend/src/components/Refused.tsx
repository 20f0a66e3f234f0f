import { Text } from '@mantine/core';
import { ApiError } from '@/app/api';
import { useTranslation } from '@/app/i18n';
import { saidBy } from '@/app/problems';

/** Why something was refused, beside what was asked for; what is wrong with a field is said in English. */
export function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const known = error instanceof ApiError ? error : null;
  const reason = saidBy(error);
  const fields = Object.entries(known?.fields ?? {});
  return (
    <Text role="alert" size="sm" c="var(--mantine-color-error)" component="div">
      {known?.offline ? (
        t('state.unreachable')
      ) : reason ? (
        <span lang={reason.lang}>{reason.text}</span>
      ) : (
        t('state.crashedHint')
      )}
      {fields.length > 0 ? (
        <ul lang="en">
          {fields.map(([field, message]) => (
            <li key={field}>
              {field}: {message}
            </li>
          ))}
        </ul>
      ) : null}
    </Text>
  );
}
