import { announceSessionChange } from './session-channel';

/** Ends the session, here and in the person's other tabs. Throws when that is refused. */
export async function signOut(): Promise<void> {
  const answer = await fetch('/api/auth/session', { method: 'DELETE' });
  if (!answer.ok) throw new Error('Signing out was refused.');
  announceSessionChange();
  // A whole new page: going back shows nothing of what was on the screen before.
  window.location.replace('/sign-in');
}
