import { Text } from '@mantine/core';
import { ApiError } from '@/app/api';
import { useTranslation } from '@/app/i18n';

/** Why something was refused, beside what was asked for: in the server's words, which are English. */
export function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const known = error instanceof ApiError ? error : null;
  const fields = Object.entries(known?.fields ?? {});
  return (
    <Text role="alert" size="sm" c="var(--mantine-color-error)" component="div">
      {known?.offline ? (
        t('state.unreachable')
      ) : known?.message ? (
        <span lang="en">{known.message}</span>
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
