import { systemClock } from '@/lib/core/clock';
import { isOutage } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { log } from '@/lib/core/log';

const outageNotedEvery = 1_000;
let outageNotedAt = 0;

/** One line a second: while the database is away every call fails, and the log is to stay readable. */
function noteOutage(error: unknown): void {
  const now = systemClock.now().getTime();
  if (now - outageNotedAt < outageNotedEvery) return;
  outageNotedAt = now;
  log('database').error({ err: error }, 'the database is away: calls are told to try again');
}

/**
 * The error as whoever called may know it: as it is when it was meant for them; `overloaded` while the database is away, so that
 * they try again; else `internal`, and the log has it by the request's id. `doing` says what failed.
 */
export function knownError(error: unknown, requestId: string, doing: 'request' | 'action'): DomainError {
  if (error instanceof DomainError && error.code !== 'internal') return error;
  if (isOutage(error)) {
    noteOutage(error);
    return new DomainError('overloaded', undefined, { retryAfterSeconds: 1 });
  }
  log(doing === 'request' ? 'http' : 'action').error({ err: error, requestId }, `${doing} failed`);
  return error instanceof DomainError ? error : new DomainError('internal');
}
