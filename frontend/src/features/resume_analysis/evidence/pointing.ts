import { type RefObject, useEffect, useEffectEvent } from 'react';

type Pointing = {
  /** The id of the mark under an event, if there is one. */
  find: (event: MouseEvent) => string | null;
  onChoose: (id: string) => void;
  onLight: (id: string | null) => void;
};

/**
 * Marks answer to the pointer without being buttons: words on a page are smaller than a finger, and the list of
 * findings does the same for the keyboard. Text can still be selected.
 */
export function usePointing(pane: RefObject<HTMLElement | null>, pointing: Pointing): void {
  const clicked = useEffectEvent((event: MouseEvent) => {
    const id = window.getSelection()?.isCollapsed === false ? null : pointing.find(event);
    if (id) pointing.onChoose(id);
  });
  const moved = useEffectEvent((event: MouseEvent) => {
    const id = pointing.find(event);
    if (pane.current) pane.current.dataset.over = String(id !== null);
    pointing.onLight(id);
  });
  const gone = useEffectEvent(() => pointing.onLight(null));
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    element.addEventListener('click', clicked);
    element.addEventListener('pointermove', moved);
    element.addEventListener('pointerleave', gone);
    return () => {
      element.removeEventListener('click', clicked);
      element.removeEventListener('pointermove', moved);
      element.removeEventListener('pointerleave', gone);
    };
  }, [pane]);
}
