import { afterEach, expect, it, vi } from 'vitest';
import type { ActionResult } from '@/lib/http/action';
import { attempt, renewSessionsBy } from './attempt';

const ended: ActionResult<never> = { ok: false, code: 'session_expired', message: 'The session has ended.', requestId: 'req_1' };
const done: ActionResult<string> = { ok: true, value: 'saved' };

let stop = () => {};
afterEach(() => stop());

/** An action that answers one thing after the other. */
const answering = (...answers: ActionResult<string>[]) => vi.fn(async () => answers.shift() ?? done);

it('asks again once after another session was had', async () => {
  stop = renewSessionsBy(async () => true);
  expect(await attempt(answering(ended, done))).toEqual(done);
  const neverGood = answering(ended, ended, done);
  expect(await attempt(neverGood)).toEqual(ended);
  expect(neverGood).toHaveBeenCalledTimes(2);
});

it('says that the session has ended where none is to be had, and changes nothing twice', async () => {
  const run = answering(ended, done);
  expect(await attempt(run)).toEqual(ended);
  const renew = vi.fn(async () => false);
  stop = renewSessionsBy(renew);
  expect(await attempt(answering(ended, done))).toEqual(ended);
  expect(await attempt(answering(done))).toEqual(done);
  expect(await attempt(answering({ ...ended, code: 'conflict' }, done))).toMatchObject({ code: 'conflict' });
  expect(renew).toHaveBeenCalledTimes(1);
});

it('turns a broken connection into an answer', async () => {
  expect(await attempt(() => Promise.reject(new TypeError('Failed to fetch')))).toEqual({ ok: false, code: 'unreachable' });
});
