import { announceSessionChange } from './session-channel';
import type { ShellActions } from './types';

/** Goes on in another account of the person, here and in their other tabs. */
export async function goToAccount(accountId: string, switchAccount: ShellActions['switchAccount']): Promise<void> {
  await switchAccount(accountId);
  announceSessionChange();
  // The section's first page, and a whole new one: nothing of the other account stays in the memory of this one.
  const [, section = ''] = window.location.pathname.split('/');
  // eslint-disable-next-line @next/next/no-location-assign-relative-destination -- see above
  window.location.assign(`/${section}`);
}
