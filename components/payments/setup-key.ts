const place = 'payment-setup';
const keptFor = 30 * 60 * 1000;

/**
 * The key of the setup that this tab began and has not finished, so that looking at a page again begins no other; a new one
 * where there is none or it is old. Kept for the tab alone; it opens nothing by itself.
 */
export function setupKey(now: number): string {
  const [key, since] = (sessionStorage.getItem(place) ?? '').split(' ');
  if (key && now - Number(since) < keptFor) return key;
  const fresh = crypto.randomUUID();
  sessionStorage.setItem(place, `${fresh} ${now}`);
  return fresh;
}

/** Has the next method stored by another setup. */
export function forgetSetupKey(): void {
  sessionStorage.removeItem(place);
}
