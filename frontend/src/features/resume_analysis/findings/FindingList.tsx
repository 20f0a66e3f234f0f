import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import type { Document, FeedbackDecision, FindingResponse } from '@/client';
import { reveal } from '../evidence/reveal';
import { FindingRow, GroupHead, type GroupRow } from './FindingRow';
import classes from './Findings.module.css';
import { grouped, shared } from './filter';

export type FindingActions = {
  onChoose: (id: string) => void;
  onLight: (id: string | null) => void;
  onSelect: (id: string) => void;
  onEdit: (id: string | null) => void;
  onDecide: (findings: FindingResponse[], decision: FeedbackDecision, text?: string) => void;
};

type FindingListProps = {
  findings: FindingResponse[];
  gains: ReadonlyMap<string, number>;
  chosen: string | null;
  lit: string | null;
  /** Null where findings cannot be selected. */
  selected: ReadonlySet<string> | null;
  editing: string | null;
  actions: FindingActions;
  takesFocus: RefObject<boolean>;
  language: string;
  document: Document;
};

type Row = { key: string; group: GroupRow; finding: FindingResponse | null };

const MOST_IN_FULL = 100;
const USUAL_ROW_PX = 64;

/** The findings by check, worst first; long lists draw only what can be seen. */
export function FindingList({ findings, gains, ...rest }: FindingListProps) {
  const { chosen, lit, selected, editing, ...shown } = rest;
  const rows = useMemo(() => rowsOf(findings, gains), [findings, gains]);
  const draw = ({ group, finding }: Row): ReactNode =>
    finding ? (
      <FindingRow
        finding={finding}
        group={group}
        chosen={finding.id === chosen}
        lit={finding.id === lit}
        selected={selected ? selected.has(finding.id) : null}
        editing={finding.id === editing}
        {...shown}
      />
    ) : (
      <GroupHead row={group} language={shown.language} />
    );
  if (findings.length > MOST_IN_FULL) return <LongList rows={rows} chosen={chosen} draw={draw} />;
  return <WholeList rows={rows} chosen={chosen} draw={draw} />;
}

function rowsOf(findings: FindingResponse[], gains: ReadonlyMap<string, number>): Row[] {
  return grouped(findings).flatMap((group) => {
    const [lead] = group.findings;
    if (!lead) return [];
    const head: GroupRow = {
      title: lead.title,
      check: group.check,
      severity: lead.severity_level,
      category: lead.category,
      message: shared(group, (finding) => finding.feedback_text),
      suggestion: shared(group, (finding) => finding.suggestion),
      gain: gains.get(group.check) ?? null,
    };
    return [
      { key: group.check, group: head, finding: null },
      ...group.findings.map((finding) => ({ key: finding.id, group: head, finding })),
    ];
  });
}

type RowsProps = { rows: Row[]; chosen: string | null; draw: (row: Row) => ReactNode };

function WholeList({ rows, chosen, draw }: RowsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = chosen && list.current?.querySelector(`[data-row="${CSS.escape(chosen)}"]`);
    if (row) reveal(row, list.current);
  }, [chosen]);
  return (
    <div ref={list} className={classes.list}>
      {rows.map((row) => (
        <div key={row.key}>{draw(row)}</div>
      ))}
    </div>
  );
}

function LongList({ rows, chosen, draw }: RowsProps) {
  const list = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: () => USUAL_ROW_PX,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
  });
  const at = rows.findIndex((row) => row.key === chosen);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  return (
    <div ref={list} className={classes.long}>
      <div className={classes.whole} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={classes.placed}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {row ? draw(row) : null}
            </div>
          );
        })}
      </div>
    </div>
  );
}
