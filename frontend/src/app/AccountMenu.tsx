import { Button, SegmentedControl, Stack, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from '@/app/i18n';
import type { UserResponse } from '@/client';
import { useFormats } from './format';
import { chooseLanguage, LANGUAGES, type Language } from './i18n';
import classes from './Shell.module.css';
import { signOut } from './session';

const SCHEMES = ['light', 'dark', 'auto'] as const;

export function AccountMenu({ user }: { user: UserResponse }) {
  const { t } = useTranslation();
  const { name } = useFormats();
  const queries = useQueryClient();
  const [open, { toggle }] = useDisclosure();

  const leave = async () => {
    await signOut();
    queries.clear();
  };

  return (
    <div className={classes.account}>
      <UnstyledButton className={classes.who} aria-expanded={open} onClick={toggle}>
        <span className="sr-only">{t('nav.account', { name: name(user) })}</span>
        <Text size="sm" fw={600} truncate component="span" display="block" aria-hidden="true">
          {name(user)}
        </Text>
        <Text size="xs" c="dimmed" truncate component="span" display="block">
          {t(`role.${user.role}`)}
        </Text>
      </UnstyledButton>
      {open ? (
        <Stack gap="xs" px="md" pb="sm">
          <LanguageChoice />
          <SchemeChoice />
          <Button variant="default" size="xs" renderRoot={(props) => <Link to="/profile" {...props} />}>
            {t('nav.profile')}
          </Button>
          <Button variant="default" size="xs" onClick={leave}>
            {t('nav.signOut')}
          </Button>
        </Stack>
      ) : null}
    </div>
  );
}

export function LanguageChoice() {
  const { t, language } = useTranslation();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t('language.label')}
      value={language}
      onChange={(value) => chooseLanguage(value as Language)}
      data={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
    />
  );
}

export function SchemeChoice() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t('theme.label')}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as (typeof SCHEMES)[number])}
      data={SCHEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
    />
  );
}
