import type { Theme } from '@/lib/i18n/themes';
import { setTheme } from './set-preference';

/** Changes the page at once; the cookie follows for the pages after it. */
export function showTheme(theme: Theme): Promise<void> {
  if (theme === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
  return setTheme(theme);
}
