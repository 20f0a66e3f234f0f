import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { LanguageChoice } from '@/app/AccountMenu';
import { useTranslation } from '@/app/i18n';
import { Mark } from '@/app/Mark';
import classes from './Door.module.css';

/** The frame of the screens before the sign-in. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} - ${t('product')}`;
  }, [title, t]);
  return (
    <main className={classes.door}>
      <Stack gap="lg" w="100%" maw={380}>
        <Group gap="sm">
          <Mark size={32} />
          <Text ff="heading" fw={600}>
            {t('product')}
          </Text>
        </Group>
        <Paper withBorder p="lg" className={classes.sheet}>
          <Stack gap="md">
            <Title order={1}>{title}</Title>
            {children}
          </Stack>
        </Paper>
        <LanguageChoice />
      </Stack>
    </main>
  );
}
