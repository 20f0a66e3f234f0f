const EDGE_PX = 12;

/** Brings an element into the middle of its pane unless it can be seen already. */
export function reveal(target: Element, pane: Element | null): void {
  const box = target.getBoundingClientRect();
  const view = pane?.getBoundingClientRect();
  const top = Math.max(0, view?.top ?? 0) + EDGE_PX;
  const bottom = Math.min(window.innerHeight, view?.bottom ?? window.innerHeight) - EDGE_PX;
  if (box.top >= top && box.bottom <= bottom) return;
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  target.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
}
