import { expect } from 'vitest';
import type { Moment, RateLimit } from '@/lib/billing/quota/engine/meter-item';
import { readProofs } from '@/lib/billing/quota/proof/store';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';

/** The moment at which these tests begin. */
export const start = Date.parse('2026-03-10T08:59:30.000Z');

/** A counter of March 2026 of an account that is known to the counters only. */
export async function newCounter(change: { featureKey?: string; limit?: bigint; overageAmount?: string; accountId?: string } = {}): Promise<{ accountId: string; counterId: number }> {
  const accountId = change.accountId ?? newId('acc');
  const row = await database().quotaCounter.create({
    data: {
      accountId, featureKey: change.featureKey ?? 'api_calls', periodStart: new Date('2026-03-01T00:00:00Z'), periodEnd: new Date('2026-04-01T00:00:00Z'),
      limitQuantity: change.limit, overageAmount: change.overageAmount, updatedAt: new Date(start),
    },
  });
  return { accountId, counterId: Number(row.id) };
}

/** A rate of the account's API calls. */
export async function newRate(accountId: string, windowSeconds: number, limit: bigint): Promise<RateLimit> {
  const row = await database().quotaRate.create({ data: { accountId, featureKey: 'api_calls', windowSeconds } });
  return { rateId: Number(row.id), windowSeconds, limit };
}

/** The moment, in milliseconds, as an item tells it; the account lives in UTC. */
export function at(moment: number): Moment {
  return { occurredAt: new Date(moment), recordedAt: new Date(moment), hour: Math.floor(moment / 3_600_000) * 60, day: Math.floor(moment / 86_400_000) };
}

/** Expects counters, events, reservations and rollups of the account to tell the same. */
export async function expectProven(accountId: string): Promise<void> {
  const { counters, features } = await readProofs(database(), accountId, new Date(0));
  for (const one of counters) {
    expect(one).toMatchObject({
      used: one.usedByEvents, events: one.eventsCounted, held: one.heldByReservations, expiryKnown: true, keys: one.keyedEvents,
    });
  }
  for (const one of features) expect(one).toMatchObject({ byHours: one.used, byDays: one.used, byBreakdown: one.usedWithDimensions });
}
