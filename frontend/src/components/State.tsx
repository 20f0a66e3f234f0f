import type { ReactNode } from 'react';
import classes from './State.module.css';

type Tone = 'good' | 'warning' | 'bad' | 'quiet';

const SHAPES: Record<Tone, ReactNode> = {
  good: <circle cx="8" cy="8" r="6" />,
  warning: <path d="M8 2l7 12H1z" />,
  bad: <path d="M2 2h12v12H2z" />,
  quiet: <circle cx="8" cy="8" r="5" fill="none" stroke="currentcolor" strokeWidth="2" />,
};

/** A state in words, with a shape and a colour of its own. */
export function State({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.state} data-tone={tone}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {SHAPES[tone]}
      </svg>
      {children}
    </span>
  );
}
