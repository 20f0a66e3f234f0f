import { Text } from '@mantine/core';
import classes from './DiffText.module.css';

type DiffTextProps = { title: string; diff: string };

const KINDS: Record<string, 'added' | 'removed' | 'place'> = { '+': 'added', '-': 'removed', '@': 'place' };

/** A unified difference, line by line, as plain text. */
export function DiffText({ title, diff }: DiffTextProps) {
  const lines = diff.split('\n').filter((line) => !/^(\+\+\+|---) /.test(line));
  return (
    <figure className={classes.figure}>
      <Text component="figcaption" size="sm" fw={600}>
        {title}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <pre className={classes.diff} tabIndex={0}>
        {lines.map((line, number) => {
          const kind = KINDS[line[0] ?? ''];
          const Tag = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span';
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines never move, and may be alike
            <Tag key={number} data-kind={kind}>
              {`${line}\n`}
            </Tag>
          );
        })}
      </pre>
    </figure>
  );
}
