import { consumeQuota } from '@/lib/billing/quota/consume-quota';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { FixedClock } from '@/lib/core/clock';
import { disconnect } from '@/lib/core/database';

/** One consumption that a load process is to make. */
export interface PlannedCall {
  accountId: string;
  feature: string;
  quantity: number;
  key: string;
}

/** What a load process prints, a line of JSON each: the answer to one call. */
export interface LoadAnswer extends PlannedCall {
  allowed: boolean;
  used: string;
}

interface Load {
  now: string;
  callers: number;
  calls: PlannedCall[];
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
      const context = { actor: { kind: 'system' as const, id: 'load' }, accountId: call.accountId, clock, requestId: 'req_load' };
      const { allowed, used } = await consumeQuota(context, { feature: call.feature, quantity: BigInt(call.quantity), idempotencyKey: call.key });
      const answer: LoadAnswer = { ...call, allowed, used: String(used) };
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  await drainQuotaEngine();
  await disconnect();
}

await main();
