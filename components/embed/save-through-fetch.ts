/** The name that the server gives the file. */
const nameIn = (disposition: string | null): string => /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'download';

async function save(href: string): Promise<void> {
  const answer = await fetch(href);
  if (!answer.ok) return void window.open(href, '_blank', 'noopener');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = nameIn(answer.headers.get('content-disposition'));
  link.click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Links to files of our API are fetched as the frame, since a plain download carries no session of its. Gives back how to stop. */
export function saveThroughFetch(): () => void {
  function take(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[download][href^="/"]') : null;
    if (!link) return;
    event.preventDefault();
    void save(link.href);
  }
  document.addEventListener('click', take);
  return () => document.removeEventListener('click', take);
}
