import type { ActionResult } from '@/lib/http/action';

/** What a server action answered, or that it could not be reached: then nobody knows whether the change happened. */
export type Attempt<Value> = ActionResult<Value> | { ok: false; code: 'unreachable' };

export type Failure = Extract<Attempt<unknown>, { ok: false }>;

/** What the window hears when the server says that the session has ended: the portal in a frame then asks for another. */
export const sessionEnded = 'portal-session-ended';

/** Runs a server action and turns a broken connection into an answer. */
export async function attempt<Value>(run: () => Promise<ActionResult<Value>>): Promise<Attempt<Value>> {
  try {
    const result = await run();
    if (!result.ok && result.code === 'session_expired') window.dispatchEvent(new Event(sessionEnded));
    return result;
  } catch {
    return { ok: false, code: 'unreachable' };
  }
}
