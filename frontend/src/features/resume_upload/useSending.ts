import { useCallback, useEffect, useRef, useState } from 'react';
import { Cancelled, newKey, send } from './sending';

type State = { status: 'idle' | 'sending' | 'failed'; sent: number; total: number; error: unknown };

const IDLE: State = { status: 'idle', sent: 0, total: 0, error: null };

/** One upload with its progress; leaving the page cancels it. */
export function useSending<T>(onDone: (answer: T) => void) {
  const [state, setState] = useState<State>(IDLE);
  const running = useRef<AbortController>(null);
  const done = useRef(onDone);
  done.current = onDone;

  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback(async (path: string, form: FormData, key = newKey()) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setState({ ...IDLE, status: 'sending' });
    try {
      const answer = await send<T>({
        path,
        form,
        key,
        signal: control.signal,
        onProgress: (sent, total) => setState((before) => ({ ...before, sent, total })),
      });
      done.current(answer);
    } catch (error) {
      if (error instanceof Cancelled) {
        if (running.current === control) setState(IDLE);
      } else setState((before) => ({ ...before, status: 'failed', error }));
    }
  }, []);

  return { ...state, start, cancel: useCallback(() => running.current?.abort(), []) };
}
