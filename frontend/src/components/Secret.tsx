import { Button, Code, CopyButton, Stack, Text } from '@mantine/core';
import { useTranslation } from '@/app/i18n';

/** A key, link or password that is shown this once. */
export function Secret({ value, hint }: { value: string; hint: string }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="status">
      <Text size="sm">{hint}</Text>
      <Code block>{value}</Code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {t(copied ? 'action.copied' : 'action.copy')}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}
