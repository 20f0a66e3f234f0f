import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import classes from './Editor.module.css';

type EditorProps = {
  before: string;
  after: string;
  /** Without it both sides are only shown. */
  onChange?: (text: string) => void;
  beforeLabel: string;
  afterLabel: string;
};

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
const LOOK = EditorView.theme({
  '&': { fontSize: '0.8125rem', backgroundColor: 'var(--sheet)' },
  '.cm-content': { fontFamily: 'var(--mantine-font-family-monospace)', caretColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--sunk)', color: 'var(--text-soft)', border: 'none' },
  '.cm-changedLine': { backgroundColor: 'var(--mark)' },
  '.cm-changedText': { background: 'var(--mark-chosen)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
});

/** Two texts side by side with their differences; the right one can be written in. */
export function Editor({ before, after, onChange, beforeLabel, afterLabel }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  const editable = onChange !== undefined;
  const first = useRef(after);
  if (!editable) first.current = after;
  const shown = editable ? '' : after;

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed must not build the editor anew
  useEffect(() => {
    if (!host.current) return;
    const common = [lineNumbers(), EditorView.lineWrapping, LOOK, EditorView.cspNonce.of(nonce)];
    const fixed = [EditorState.readOnly.of(true), EditorView.editable.of(false)];
    const read = (label: string) => EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' });
    const view = new MergeView({
      parent: host.current,
      a: { doc: before, extensions: [...common, ...fixed, read(beforeLabel)] },
      b: {
        doc: first.current,
        extensions: [
          ...common,
          ...(editable ? [] : fixed),
          read(afterLabel),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current?.(update.state.doc.toString());
          }),
        ],
      },
    });
    return () => view.destroy();
  }, [before, shown, editable, beforeLabel, afterLabel]);

  return (
    <div>
      <div className={classes.labels}>
        <span>{beforeLabel}</span>
        <span>{afterLabel}</span>
      </div>
      <div ref={host} className={classes.editor} />
    </div>
  );
}
