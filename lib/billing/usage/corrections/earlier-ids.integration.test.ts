import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consumeQuota } from '@/lib/billing/quota/consume-quota';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { createSubscription } from '@/lib/billing/subscriptions/create-subscription';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { withConnection } from '@/lib/core/database/connect';
import { idOfUuid, uuidOfId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { recordUsage } from '../record-usage';
import { correctUsage, voidUsage } from './correct-usage';

useTestDatabase();
let context: Context;

beforeAll(async () => {
  const account = await seedAccount(await seedSeller(systemClock.now()), systemClock.now());
  context = { ...account.context, clock: systemClock };
  await createSubscription(context, { planKey: 'free', interval: 'month' });
});
afterAll(async () => {
  await drainQuotaEngine();
  await disconnect();
});

/** As an id of a key began before: with the digits of its own hash. */
function earlierId(event: string, key: string): string {
  const hash = createHash('sha256').update(`${context.accountId}\n${key}`).digest('hex');
  return idOfUuid('evt', `${hash.slice(0, 8)}${(uuidOfId('evt', event) ?? '').slice(8)}`);
}

/** Gives the key's event the id of before, wherever it is told of. */
async function asEarlier(event: string, key: string): Promise<string> {
  const earlier = earlierId(event, key);
  const [is, was] = [uuidOfId('evt', event), uuidOfId('evt', earlier)];
  for (const [table, column] of [['usage_key', 'id'], ['usage_event', 'id'], ['usage_event', 'corrects_id']]) {
    await database().$executeRawUnsafe(`UPDATE ${table} SET ${column} = $2::uuid WHERE ${column} = $1::uuid`, is, was);
  }
  return earlier;
}

describe('ids that earlier versions gave to the events of keys', () => {
  it('are brought over: a key counts once as before, and the id that was given out still finds its event', async () => {
    const receipts = await recordUsage(context, [{ feature: 'tokens', quantity: 10n, idempotencyKey: 'one' }, { feature: 'tokens', quantity: 20n, idempotencyKey: 'two' }]);
    const [first = '', second = ''] = receipts.map((receipt) => ('event' in receipt ? receipt.event : ''));
    const consumed = await consumeQuota(context, { feature: 'tokens', quantity: 5n, idempotencyKey: 'three' });
    const corrected = await correctUsage(context, { event: first, quantity: 7n, idempotencyKey: 'four' });
    const ids = [first, second, consumed.event ?? '', corrected.id ?? ''];
    const earlier: string[] = [];
    for (const [index, key] of ['one', 'two', 'three', 'four'].entries()) earlier.push(await asEarlier(ids[index] ?? '', key));
    expect(earlier).not.toContain(ids[0]);
    await expect(voidUsage(context, { event: ids[1] ?? '' })).rejects.toMatchObject({ code: 'not_found' });

    const migration = await readFile('prisma/migrations/0046_keys_by_account/migration.sql', 'utf8');
    await withConnection(process.env.DATABASE_URL ?? '', (client) => client.query(migration));

    expect(await recordUsage(context, [{ feature: 'tokens', quantity: 10n, idempotencyKey: 'one' }])).toMatchObject([{ status: 'duplicate', event: ids[0] }]);
    expect(await consumeQuota(context, { feature: 'tokens', quantity: 5n, idempotencyKey: 'three' })).toEqual(consumed);
    expect(await voidUsage(context, { event: earlier[1] ?? '' })).toMatchObject({ quantity: -20n });
    expect(await correctUsage(context, { event: ids[0] ?? '', quantity: 7n, idempotencyKey: 'four' })).toMatchObject({ id: corrected.id, quantity: -3n });
    expect(await correctUsage(context, { event: earlier[0] ?? '', quantity: 1n })).toMatchObject({ quantity: -6n });
    expect(await database().quotaCounter.findFirst({ where: { accountId: context.accountId, featureKey: 'tokens' }, select: { used: true } })).toEqual({ used: 6n });
  });
});
