import type { ActionResult } from '@/lib/http/action';

/** What a server action answered, or that it could not be reached: then nobody knows whether the change happened. */
export type Attempt<Value> = ActionResult<Value> | { ok: false; code: 'unreachable' };

export type Failure = Extract<Attempt<unknown>, { ok: false }>;

/** Gets a session in place of one that has ended, where that is possible without the person. */
let renewSession: (() => Promise<boolean>) | null = null;

/** From now on an action that meets an ended session is tried once more after `renew` got another. Gives back how to stop. */
export function renewSessionsBy(renew: () => Promise<boolean>): () => void {
  renewSession = renew;
  return () => {
    renewSession = null;
  };
}

/** Runs a server action and turns a broken connection into an answer. */
export async function attempt<Value>(run: () => Promise<ActionResult<Value>>): Promise<Attempt<Value>> {
  try {
    const result = await run();
    // Refused before anything was changed.
    const isSessionEnded = !result.ok && result.code === 'session_expired';
    return isSessionEnded && (await renewSession?.()) ? await run() : result;
  } catch {
    return { ok: false, code: 'unreachable' };
  }
}
