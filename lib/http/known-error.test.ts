import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as Envelope from './envelope';
import type * as Errors from '@/lib/core/errors';

const noted = vi.fn();
let failure: typeof Envelope.failure;
let DomainError: typeof Errors.DomainError;
beforeAll(async () => {
  vi.resetModules();
  vi.doMock('@/lib/core/log', () => ({ log: () => ({ error: noted }) }));
  ({ failure } = await import('./envelope'));
  ({ DomainError } = await import('@/lib/core/errors'));
});
afterAll(() => {
  vi.doUnmock('@/lib/core/log');
  vi.resetModules();
});
afterEach(() => {
  noted.mockClear();
  vi.useRealTimers();
});

const asked = (error: unknown): { status: number; code: unknown; retryAfter: string | undefined } => {
  const { status, headers, body } = failure(error, 'req_1');
  return { status, code: (JSON.parse(String(body)) as { code: unknown }).code, retryAfter: headers['retry-after'] };
};
const noDatabase = Object.assign(new Error("Can't reach database server"), { code: 'P1001' });

describe('an error that nobody foresaw', () => {
  it('is answered as internal and found in the log by the id of the request', () => {
    const defect = new Error('a defect');
    expect(asked(defect)).toEqual({ status: 500, code: 'internal', retryAfter: undefined });
    expect(noted.mock.calls).toEqual([[{ err: defect, requestId: 'req_1' }, 'request failed']]);
  });

  it('is not noted when it was meant for the caller', () => {
    expect(asked(new DomainError('not_found'))).toMatchObject({ status: 404, code: 'not_found' });
    expect(noted).not.toHaveBeenCalled();
  });

  it('asks to try again while the database is away, and fills no log with it', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let call = 0; call < 1_000; call += 1) expect(asked(noDatabase)).toEqual({ status: 503, code: 'overloaded', retryAfter: '1' });
    expect(noted).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(1_000);
    asked(noDatabase);
    expect(noted).toHaveBeenCalledTimes(2);
  });
});
