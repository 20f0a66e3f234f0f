import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from '@/app/i18n';
import classes from './Page.module.css';

export type Crumb = { label: string; to: LinkProps['to']; params?: LinkProps['params'] };

type PageProps = {
  title: string;
  crumbs?: Crumb[];
  /** The page's one primary action, and quiet ones before it. */
  actions?: ReactNode;
  /** A line under the title: counts, dates, what the page is for. */
  about?: ReactNode;
  /** Without a limit on the width, for panes side by side. */
  wide?: boolean;
  /** As high as the window where that is wide enough for panes side by side; they scroll by themselves. */
  fill?: boolean;
  children: ReactNode;
};

/** A screen: its name in the tab and in the only h1, the way back, its action and its content. */
export function Page({
  title,
  crumbs = [],
  actions,
  about,
  wide = false,
  fill = false,
  children,
}: PageProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} - ${t('product')}`;
  }, [title, t]);
  // Screen readers announce the new page; without this they stay on the link that led here.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  return (
    <Stack gap="lg" className={`${wide ? classes.wide : classes.page} ${fill ? classes.fill : ''}`}>
      <header className={classes.head}>
        {crumbs.length > 0 ? (
          <Breadcrumbs separator="›" className={classes.crumbs}>
            {crumbs.map(({ label, ...place }) => (
              <Anchor key={label} size="sm" renderRoot={(props) => <Link {...place} {...props} />}>
                {label}
              </Anchor>
            ))}
          </Breadcrumbs>
        ) : null}
        <Group justify="space-between" align="flex-end" gap="sm">
          <Title order={1} ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </Title>
          {actions ? <Group gap="xs">{actions}</Group> : null}
        </Group>
        {about ? (
          <Text size="sm" c="dimmed" component="div">
            {about}
          </Text>
        ) : null}
      </header>
      {children}
    </Stack>
  );
}
