import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { FindingResponse } from '@/client';
import type { useDecisions } from '../findings/decisions';
import type { FindingActions } from '../findings/FindingList';
import { type FindingFilter, matches, neighbour } from '../findings/filter';
import type { ReviewSearch, View } from '../search';

/** Panes stand side by side from this width on. */
const WIDE = '(min-width: 64em)';

/** What is chosen, lit and edited on a result, kept in the address as far as it can be shared, and its keys. */
export function useChoosing(findings: FindingResponse[], decisions: ReturnType<typeof useDecisions>) {
  const search = useSearch({ from: '/inside/reviews/$reviewId' });
  const navigate = useNavigate({ from: '/reviews/$reviewId' });
  const wide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  const [lit, setLit] = useState<string | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const takesFocus = useRef(false);

  const { view: asked, finding, pane, ...filter } = search;
  const view: View = asked ?? 'overview';
  const chosen = finding ?? null;
  const comments = useMemo(() => findings.filter((one) => one.feedback_type !== 'strength'), [findings]);
  const strengths = useMemo(() => findings.filter((one) => one.feedback_type === 'strength'), [findings]);
  const shown = comments.filter((one) => matches(one, filter));

  const go = (change: Partial<ReviewSearch>) => {
    navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  };
  const viewOf = (id: string): View | undefined => {
    if (strengths.some((one) => one.id === id)) return 'strengths';
    return comments.some((one) => one.id === id) ? 'findings' : asked;
  };
  const choose = (id: string | null) => {
    if (id !== editing) setEditing(null);
    if (id === null) go({ finding: undefined, pane: undefined });
    // Choosing what is chosen already asks for its words, which a narrow screen shows instead of the list.
    else go({ finding: id, view: viewOf(id), pane: id === chosen && !wide ? 'page' : undefined });
  };
  const step = (by: 1 | -1) => {
    takesFocus.current = true;
    const list = view === 'strengths' ? strengths : shown;
    const next = neighbour(
      list.map((one) => one.id),
      chosen,
      by,
    );
    if (next) choose(next);
  };
  const latest = { choose, decide: decisions.mutate, edit: setEditing };
  const current = useRef(latest);
  useEffect(() => {
    current.current = latest;
  });
  const actions = useMemo<Omit<FindingActions, 'onSelect'>>(
    () => ({
      onChoose: (id) => current.current.choose(id),
      onLight: setLit,
      onEdit: (id) => current.current.edit(id),
      onDecide: (about, decision, text) => current.current.decide({ findings: about, decision, text }),
    }),
    [],
  );

  const decided = (decision: 'accepted' | 'rejected') => () => {
    const one = comments.find((candidate) => candidate.id === chosen);
    if (one) actions.onDecide([one], decision);
  };
  useHotkeys([
    ['j', () => step(1)],
    ['k', () => step(-1)],
    [
      'Enter',
      () => chosen && document.activeElement === document.body && choose(chosen),
      { preventDefault: false },
    ],
    ['Escape', () => (pane ? go({ pane: undefined }) : choose(null))],
    ['a', decided('accepted')],
    ['r', decided('rejected')],
    ['e', () => comments.some((one) => one.id === chosen) && setEditing(chosen)],
  ]);

  return {
    view,
    chosen,
    lit,
    editing,
    filter: filter as FindingFilter,
    pane,
    wide,
    comments,
    strengths,
    shown,
    actions,
    takesFocus,
    onView: (next: View) => go({ view: next === 'overview' ? undefined : next }),
    onFilter: (next: FindingFilter) =>
      go({
        severity: undefined,
        category: undefined,
        section: undefined,
        type: undefined,
        decision: undefined,
        ...next,
      }),
    onPane: (next: 'page' | undefined) => go({ pane: next }),
  };
}

export type Choosing = ReturnType<typeof useChoosing>;
