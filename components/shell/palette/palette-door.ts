/** What opens the palette: a button far from it or its keys. */
const door = new EventTarget();

export function openPalette(): void {
  door.dispatchEvent(new Event('open'));
}

/** Calls `react` when it shall open; gives back how to stop. */
export function onOpenPalette(react: () => void): () => void {
  door.addEventListener('open', react);
  return () => door.removeEventListener('open', react);
}
