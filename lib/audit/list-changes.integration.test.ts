import { beforeAll, describe, expect, it } from 'vitest';
import { updateAccount } from '@/lib/billing/accounts/update-account';
import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import { callApi } from '@/lib/testing/api';
import { useTestDatabase } from '@/lib/testing/database';
import { seedPeople, testPassword, type TestPeople } from '@/lib/testing/people';
import { createUserToken } from '../auth/tokens/user-tokens';
import { exportChanges, listActors, listChanges, type Change, type ChangeQuestion } from './list-changes';
import { recordAudit } from './record-audit';

useTestDatabase();

const start = new Date('2026-03-01T08:00:00Z');
const minute = 60_000;
let world: TestPeople;
beforeAll(async () => {
  world = await seedPeople(start);
});

const record = (context: Context, action: string, subject: string) =>
  inTransaction((transaction) => recordAudit(transaction, context, { action, subject, before: { status: 'open' }, after: { status: 'paid', totalMinor: 500n } }));

async function everyPage(context: Context, question: ChangeQuestion, limit: number): Promise<Change[]> {
  const found: Change[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listChanges(context, { ...question, cursor, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
}

describe('the audit log', () => {
  it('is read page by page without a gap or a repetition, though entries share a moment and new ones arrive', async () => {
    world.clock.set(new Date(start.getTime() + minute));
    for (let count = 0; count < 7; count += 1) await record(world.as('admin'), 'invoice.paid', `inv_${count}`);
    const all = await exportChanges(world.as('owner'), {});
    expect(all.length).toBeGreaterThanOrEqual(12);
    for (const limit of [1, 3, all.length]) expect((await everyPage(world.as('owner'), {}, limit)).map(({ id }) => id)).toEqual(all.map(({ id }) => id));

    const first = await listChanges(world.as('owner'), { limit: 4 });
    world.clock.set(new Date(start.getTime() + 2 * minute));
    await record(world.as('admin'), 'invoice.voided', 'inv_late');
    const second = await listChanges(world.as('owner'), { limit: 4, cursor: first.nextCursor ?? '' });
    expect(second.items.map(({ id }) => id)).toEqual(all.slice(4, 8).map(({ id }) => id));
  });

  it('is found by who, about what, which thing and when, and by all of them at once', async () => {
    world.clock.set(new Date(start.getTime() + 60 * minute));
    await record(world.as('billing'), 'invoice.paid', 'inv_wanted');
    await record(world.as('billing'), 'subscription.upgraded', 'inv_wanted');
    await record(world.as('viewer'), 'invoice.paid', 'inv_wanted');
    const owner = world.as('owner');
    const subjectsOf = async (question: ChangeQuestion) => (await exportChanges(owner, question)).map(({ action, subject }) => `${action} ${subject}`);
    expect(await subjectsOf({ actor: world.people.billing })).toEqual(['subscription.upgraded inv_wanted', 'invoice.paid inv_wanted']);
    expect(await subjectsOf({ subject: 'inv_wanted', group: 'subscription' })).toEqual(['subscription.upgraded inv_wanted']);
    expect(await subjectsOf({ group: 'team' })).toHaveLength(4);
    const hour = { start: world.clock.now(), end: new Date(world.clock.now().getTime() + 1) };
    expect(await subjectsOf({ actor: world.people.billing, group: 'billing', subject: 'inv_wanted', range: hour })).toEqual(['invoice.paid inv_wanted']);
    expect(await subjectsOf({ range: { start: new Date(0), end: start } })).toEqual([]);
  });

  it('names everybody who has changed something, and shows nobody another account', async () => {
    const actors = await listActors(world.as('owner'));
    expect(actors.map(({ kind, name }) => [kind, name]).sort()).toEqual([['person', 'admin'], ['person', 'billing'], ['person', 'viewer'], ['system', null]]);
    const other: Context = { ...world.as('owner'), accountId: world.otherAccountId };
    expect((await exportChanges(other, {})).map(({ action }) => action)).toEqual(['account.created']);
  });

  it('refuses a cursor that is none', async () => {
    for (const cursor of ['x', '0-', '0-aud_', "0-aud_1' or true", 'zzzzzzzzzzz-aud_1']) {
      await expect(listChanges(world.as('owner'), { cursor, limit: 5 })).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });

  it('is exported by days of the account’s time zone, for owners and admins', async () => {
    await updateAccount(world.as('owner'), { timeZone: 'Asia/Shanghai' });
    world.clock.set(new Date('2026-03-02T15:59:59Z'));
    await record(world.as('admin'), 'invoice.paid', 'inv_before_midnight');
    world.clock.set(new Date('2026-03-02T16:00:00Z'));
    await record(world.as('admin'), 'invoice.paid', 'inv_after_midnight');
    const headersOf = async (role: string) => {
      const { token } = await createUserToken({ ...world.as('owner'), accountId: '', clock: { now: () => new Date() } }, { email: `${role}@demo.example`, password: testPassword });
      return { authorization: `Bearer ${token}` };
    };
    const ask = async (role: string, query: Record<string, string>) => callApi({ method: 'GET', address: '/api/v1/billing/audit-log/export', query, headers: await headersOf(role) });
    const csv = await ask('admin', { from: '2026-03-03', to: '2026-03-03' });
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="audit-log.csv"');
    expect(csv.text).toContain('inv_after_midnight');
    expect(csv.text).not.toContain('inv_before_midnight');
    const json = JSON.parse((await ask('owner', { format: 'json', to: '2026-03-02', subject: 'inv_before_midnight' })).text) as Change[];
    expect(json).toMatchObject([{ action: 'invoice.paid', actor: { kind: 'person', name: 'admin' }, after: { totalMinor: '500' }, occurredAt: '2026-03-02T15:59:59.000Z' }]);
    expect((await ask('developer', {})).status).toBe(403);
  });
});
