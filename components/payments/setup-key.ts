const place = 'payment-setup';
const keptFor = 30 * 60 * 1000;

// A browser that keeps nothing for other sites' frames refuses the storage itself, or to write to it: then the page remembers for as long as it is open.
let remembered = '';

function kept(): string {
  try {
    return sessionStorage.getItem(place) || remembered;
  } catch {
    return remembered;
  }
}

function keep(text: string): void {
  remembered = text;
  try {
    sessionStorage.setItem(place, text);
  } catch {
    // Remembered.
  }
}

/**
 * The key of the setup that this tab began and has not finished, so that looking at a page again begins no other; a new one
 * where there is none or it is old. Kept for the tab alone; it opens nothing by itself.
 */
export function setupKey(now: number): string {
  const [key, since] = kept().split(' ');
  if (key && now - Number(since) < keptFor) return key;
  const fresh = crypto.randomUUID();
  keep(`${fresh} ${now}`);
  return fresh;
}

/** Has the next method stored by another setup. */
export function forgetSetupKey(): void {
  keep('');
}
