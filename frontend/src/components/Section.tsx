import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './Section.module.css';

type SectionProps = {
  title: string;
  /** A sentence under the heading. */
  about?: ReactNode;
  /** What can be done with this part, on the heading's line. */
  actions?: ReactNode;
  children: ReactNode;
};

/** A part of a page under a thin rule. */
export function Section({ title, about, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <Group justify="space-between" align="flex-end" gap="xs">
        <Title order={2} id={id}>
          {title}
        </Title>
        {actions}
      </Group>
      {about ? (
        <Text size="sm" c="dimmed" maw="44rem">
          {about}
        </Text>
      ) : null}
      {children}
    </section>
  );
}
