import { AppShell, Burger, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys, useNetwork } from '@mantine/hooks';
import { Link, Outlet, useNavigate, useRouter, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from '@/app/i18n';
import { AccountMenu } from './AccountMenu';
import { Mark } from './Mark';
import { Navigation } from './Navigation';
import classes from './Shell.module.css';
import { useSession } from './session';

const RAIL_PX = 208;
const Shortcuts = lazy(() => import('./Shortcuts').then((module) => ({ default: module.Shortcuts })));

/** The frame of every screen behind the sign-in: rail, account, notice when the connection is gone. */
export function Shell() {
  const { t } = useTranslation();
  const [open, { toggle, close }] = useDisclosure();
  const [keys, { open: showKeys, close: hideKeys }] = useDisclosure();
  useHotkeys([
    ['shift+?', showKeys],
    ['?', showKeys],
    ['/', () => document.querySelector<HTMLInputElement>('input[type="search"]')?.focus()],
  ]);
  const user = useSession();
  const navigate = useNavigate();
  const router = useRouter();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { online } = useNetwork();
  const signedOut = user === null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever the page changes
  useEffect(close, [path]);
  useEffect(() => {
    const here = router.latestLocation;
    if (signedOut && here.pathname !== '/sign-in') {
      navigate({ to: '/sign-in', search: { next: here.href, ended: true } });
    }
  }, [signedOut, router, navigate]);
  if (signedOut) return null;

  return (
    <>
      <a href="#content" className={classes.skip}>
        {t('nav.skip')}
      </a>
      <AppShell
        layout="alt"
        padding={0}
        header={{ height: { base: 48, sm: 0 } }}
        navbar={{ width: RAIL_PX, breakpoint: 'sm', collapsed: { mobile: !open } }}
      >
        <AppShell.Header hiddenFrom="sm" className={classes.header}>
          <Group h="100%" px="md" gap="sm">
            <Burger
              opened={open}
              onClick={toggle}
              size="sm"
              aria-label={t(open ? 'nav.close' : 'nav.open')}
            />
            <Brand />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className={classes.rail} component="div">
          <Group component="header" className={classes.brand} justify="space-between" wrap="nowrap">
            <Brand />
            <Burger hiddenFrom="sm" opened onClick={close} size="sm" aria-label={t('nav.close')} />
          </Group>
          <Navigation user={user} />
          <AccountMenu user={user} />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
          {online ? null : (
            <Text role="alert" className={classes.offline}>
              {t('state.unreachable')}
            </Text>
          )}
          <Outlet />
        </AppShell.Main>
      </AppShell>
      <Suspense>{keys ? <Shortcuts onClose={hideKeys} /> : null}</Suspense>
    </>
  );
}

function Brand() {
  const { t } = useTranslation();
  return (
    <UnstyledButton renderRoot={(props) => <Link to="/" {...props} />}>
      <Group gap={8} wrap="nowrap">
        <Mark size={22} />
        <Text ff="heading" fw={600} size="sm">
          {t('product')}
        </Text>
      </Group>
    </UnstyledButton>
  );
}
