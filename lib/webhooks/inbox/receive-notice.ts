import { findGateway } from '@/lib/billing/payments/configured-gateway';
import { EventNotAuthentic } from '@/lib/billing/payments/gateway/failures';
import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { insertNotice } from './store';

export interface Delivery {
  gateway: string;
  /** As it came: the signature is over these bytes. */
  body: Uint8Array;
  headers: Readonly<Record<string, string | undefined>>;
}

/**
 * Keeps a notice of a gateway, once, however often it comes. A job applies it. What it says beside its id, its kind and what
 * it is about is not kept: the gateway's objects hold secrets, and all else is read there again.
 * Throws `not_found` for a gateway that we do not have, and `webhook_refused` unless it is authentic and fresh.
 */
export async function receiveNotice(clock: Clock, { gateway: name, body, headers }: Delivery): Promise<{ isNew: boolean }> {
  const gateway = findGateway(name);
  if (!gateway) throw new DomainError('not_found');
  const now = clock.now();
  const event = await gateway.readEvent({ body, headers, now }).catch((error: unknown) => {
    if (!(error instanceof EventNotAuthentic)) throw error;
    log('inbox').warn({ gateway: name, reason: error.message }, 'a notice was refused');
    throw new DomainError('webhook_refused');
  });
  const { id: eventId, type, subject, occurredAt } = event;
  const isNew = await insertNotice(database(), {
    id: newId('ntc'), gateway: name, eventId, type, subjectKind: subject?.kind ?? null, reference: subject?.reference ?? null, accountId: null, attempts: 0, failure: null, occurredAt,
    receivedAt: now, ...(subject ? { status: 'waiting', nextAttemptAt: now, finishedAt: null } : { status: 'ignored', nextAttemptAt: null, finishedAt: now }),
  });
  log('inbox').info({ gateway: name, event: eventId, type, isNew }, 'a notice came');
  return { isNew };
}
