import { consumeQuota } from '@/lib/billing/quota/consume-quota';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { commitReservation } from '@/lib/billing/quota/reservations/commit-reservation';
import { releaseReservation } from '@/lib/billing/quota/reservations/release-reservation';
import { reserveQuota } from '@/lib/billing/quota/reservations/reserve-quota';
import { setLevel } from '@/lib/billing/quota/set-level';
import { voidUsage } from '@/lib/billing/usage/corrections/correct-usage';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { disconnect } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';

/**
 * What a call does: `consume`; `commit`: reserve, then commit all but one unit; `release`: reserve, then release;
 * `void`: consume, then void; `level`: increase a level.
 */
export type CallKind = 'consume' | 'commit' | 'release' | 'void' | 'level';

/** One call that a load process is to make. */
export interface PlannedCall {
  kind: CallKind;
  accountId: string;
  feature: string;
  quantity: number;
  key: string;
}

/** What a load process prints, a line of JSON each: the answer to one call. */
export interface LoadAnswer extends PlannedCall {
  allowed: boolean;
  used: string;
  /** Units that it counts in the end. */
  counts: number;
}

interface Load {
  now: string;
  callers: number;
  calls: PlannedCall[];
}

async function make(context: Context, { kind, feature, quantity: units, key: idempotencyKey }: PlannedCall): Promise<Pick<LoadAnswer, 'allowed' | 'used' | 'counts'>> {
  const quantity = BigInt(units);
  if (kind === 'level') {
    const { allowed, used } = await setLevel(context, { feature, move: { increase: quantity }, idempotencyKey });
    return { allowed, used: String(used), counts: allowed ? units : 0 };
  }
  if (kind === 'consume' || kind === 'void') {
    const { allowed, used, event } = await consumeQuota(context, { feature, quantity, idempotencyKey });
    if (allowed && kind === 'void') await voidOnce(context, event ?? '');
    return { allowed, used: String(used), counts: allowed && kind === 'consume' ? units : 0 };
  }
  const { allowed, used, reservation } = await reserveQuota(context, { feature, quantity, expiresInSeconds: 600, idempotencyKey });
  if (reservation && kind === 'commit') await commitReservation(context, { reservation: reservation.id, quantity: quantity - 1n });
  if (reservation && kind === 'release') await releaseReservation(context, reservation.id);
  return { allowed, used: String(used), counts: allowed && kind === 'commit' ? units - 1 : 0 };
}

/** Another process may have made the same call, and voided it before. */
async function voidOnce(context: Context, event: string): Promise<void> {
  await voidUsage(context, { event }).catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.code !== 'already_voided') throw error;
  });
}

/** A call that the server had no room for is made again, as its caller would: by the same key it is counted once. */
async function makeAgain(context: Context, call: PlannedCall): ReturnType<typeof make> {
  for (let refusals = 0; ; refusals++) {
    try {
      return await make(context, call);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'overloaded' || refusals === 20) throw error;
    }
  }
}

/**
 * A server's worth of callers in a process of its own: `node --import tsx lib/testing/quota-load.ts`, which reads a `Load`
 * from its standard input. Every answer is printed when it is given, so that a killed process leaves what it acknowledged.
 */
async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const { now, callers, calls } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Load;
  const clock = new FixedClock(new Date(now));
  const waiting = [...calls];
  const caller = async (): Promise<void> => {
    for (let call = waiting.shift(); call; call = waiting.shift()) {
      const context: Context = { actor: { kind: 'system', id: 'load' }, accountId: call.accountId, clock, requestId: 'req_load' };
      const answer: LoadAnswer = { ...call, ...(await makeAgain(context, call)) };
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  await drainQuotaEngine();
  await disconnect();
}

await main();
