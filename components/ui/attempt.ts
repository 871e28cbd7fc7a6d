import type { ActionResult } from '@/lib/http/action';

/** What a server action answered, or that it could not be reached: then nobody knows whether the change happened. */
export type Attempt<Value> = ActionResult<Value> | { ok: false; code: 'unreachable' };

export type Failure = Extract<Attempt<unknown>, { ok: false }>;

/** Runs a server action and turns a broken connection into an answer. */
export async function attempt<Value>(run: () => Promise<ActionResult<Value>>): Promise<Attempt<Value>> {
  try {
    return await run();
  } catch {
    return { ok: false, code: 'unreachable' };
  }
}
