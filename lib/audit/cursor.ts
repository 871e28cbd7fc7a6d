import { DomainError } from '@/lib/core/errors';

/** The entry after which a page of the log begins. */
export interface LogPosition {
  occurredAt: Date;
  id: string;
}

/** A position as text for addresses. */
export function cursorOf({ occurredAt, id }: LogPosition): string {
  return `${occurredAt.getTime().toString(36)}-${id}`;
}

/** The position that a cursor names. Throws `invalid_request` for a text that is none. */
export function positionOf(cursor: string): LogPosition {
  const [, time = '', id = ''] = /^([0-9a-z]{1,10})-(aud_\w{1,50})$/.exec(cursor) ?? [];
  const occurredAt = new Date(Number.parseInt(time, 36));
  if (id === '' || Number.isNaN(occurredAt.getTime())) {
    throw new DomainError('invalid_request', undefined, { issues: [{ field: 'cursor', message: 'Use the nextCursor of the page before.' }] });
  }
  return { occurredAt, id };
}
