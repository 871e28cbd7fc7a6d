import { announceSessionChange } from './session-channel';

/** Ends the session, here, in the person's other tabs and at the identity provider that made it. Throws when that is refused. */
export async function signOut(): Promise<void> {
  const answer = await fetch('/api/auth/session', { method: 'DELETE' });
  if (!answer.ok) throw new Error('Signing out was refused.');
  const { payload } = (await answer.json()) as { payload: { address?: string } };
  announceSessionChange();
  // A whole new page: going back shows nothing of what was on the screen before.
  window.location.replace(payload.address ?? '/sign-in');
}
