import { changeCredentials } from './frame-fetch';
import { onHostMessage, tellHost } from './messages';

/** Milliseconds until a page around the frame that says nothing is given up. */
export const patience = 10_000;

/** Milliseconds in which no session ends by itself: one that is gone so soon was not kept, and another would not be either. */
const soon = 10_000;

/** When the last session was had, by the page's own clock. It outlives the door, which is left for the pages. */
let enteredAt: number | null = null;

let host: string | null = null;

/** Keeps the origin of the page around the frame for when the session has ended, which nobody but the session knows it by. */
export function rememberHost(origin: string): void {
  host = origin;
}

/** The origin of the page that the portal was shown in; null: none yet. */
export const lastHost = (): string | null => host;

/** Whether the session that has ended was had a moment ago. */
export const isLostAtOnce = (): boolean => enteredAt !== null && performance.now() - enteredAt < soon;

/**
 * Hands a one-time token in for a session. False when it was refused: the page that gave it is told why. Rejects when the server
 * cannot be reached.
 */
export async function enter(accountId: string, token: string, origin: string): Promise<boolean> {
  const answer = await fetch('/api/auth/embed', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, account: accountId, origin }) });
  const { code, payload } = (await answer.json()) as { code: string; payload: { bearer?: string } };
  if (!answer.ok) {
    tellHost([origin], { type: 'portal:error', code });
    return false;
  }
  changeCredentials({ bearer: null });
  const isCookieKept = (await fetch('/api/auth/embed')).ok;
  if (!isCookieKept) changeCredentials({ bearer: payload.bearer ?? null });
  enteredAt = performance.now();
  return true;
}

/** Says that the frame wants a one-time token, and whether it had a session before. */
export function askForToken(origins: readonly string[], sessionEnded: boolean): void {
  if (sessionEnded) tellHost(origins, { type: 'portal:session-expired' });
  tellHost(origins, { type: 'portal:ready' });
}

function renew(accountId: string, origin: string): Promise<boolean> {
  if (isLostAtOnce()) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (renewed: boolean): void => {
      stop();
      clearTimeout(waited);
      resolve(renewed);
    };
    const stop = onHostMessage([origin], (message) => {
      if (message.type === 'portal:token') enter(accountId, message.token, origin).then(end, () => end(false));
    });
    const waited = setTimeout(() => end(false), patience);
    askForToken([origin], true);
  });
}

let renewing: Promise<boolean> | null = null;

/**
 * Gets a session in place of one that has ended, while the page stays as it is: by a new token of the page around the frame. All
 * that want one at a time get the same. False when there is none to be had.
 */
export function renewSession(accountId: string, origin: string): Promise<boolean> {
  renewing ??= renew(accountId, origin).finally(() => {
    renewing = null;
  });
  return renewing;
}
