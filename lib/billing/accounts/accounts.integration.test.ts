import { beforeAll, describe, expect, it } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import type { Account } from './account';
import { addMember } from './add-member';
import { createAccount } from './create-account';
import { getAccount } from './get-account';
import { listMembers } from './list-members';
import { updateAccount } from './update-account';

useTestDatabase();

const clock = new FixedClock(new Date('2026-03-01T08:00:00Z'));
let account: Account;
let context: Context;

beforeAll(async () => {
  const createdAt = clock.now();
  await database().seller.create({
    data: { id: 'sel_demo', name: 'Demo', legalName: 'Demo', addressLines: [], country: 'US', email: 'seller@demo.example', invoicePrefix: 'D', createdAt },
  });
  for (const id of ['usr_owner', 'usr_viewer']) {
    await database().user.create({ data: { id, email: `${id}@demo.example`, name: id, createdAt } });
  }
  const founder = { actor: { kind: 'system' as const, id: 'seed' }, clock, requestId: 'req_seed' };
  account = await createAccount(founder, {
    sellerId: 'sel_demo',
    ownerId: 'usr_owner',
    profile: { name: 'Demo Trading', contactEmail: 'billing@demo.example', address: { country: 'CN', postalCode: '200000' }, currency: 'CNY' },
  });
  context = { ...founder, actor: { kind: 'person', id: 'usr_owner' }, accountId: account.id };
});

const auditOf = (action: string) => database().auditEntry.findMany({ where: { accountId: account.id, action }, orderBy: { occurredAt: 'asc' } });

describe('an account', () => {
  it('is opened with its owner', async () => {
    expect(await listMembers(context)).toMatchObject([{ userId: 'usr_owner', role: 'owner', email: 'usr_owner@demo.example' }]);
    expect(await auditOf('account.created')).toHaveLength(1);
  });

  it('keeps a change, and the audit log what it changed', async () => {
    clock.set(new Date('2026-03-02T08:00:00Z'));
    const updated = await updateAccount(context, { name: '演示贸易', address: { city: '上海' }, language: 'zh', timeZone: 'Asia/Shanghai' });
    expect(updated).toMatchObject({ name: '演示贸易', address: { city: '上海', postalCode: '200000' }, language: 'zh', updatedAt: clock.now() });
    expect(await getAccount(context)).toEqual(updated);
    expect(await auditOf('account.updated')).toMatchObject([
      {
        actorId: 'usr_owner',
        before: { name: 'Demo Trading', 'address.city': '', language: 'en', timeZone: 'UTC' },
        after: { name: '演示贸易', 'address.city': '上海', language: 'zh', timeZone: 'Asia/Shanghai' },
      },
    ]);
  });

  it('writes nothing when nothing changed', async () => {
    const before = await getAccount(context);
    const entries = (await auditOf('account.updated')).length;
    clock.set(new Date('2026-03-03T08:00:00Z'));
    expect(await updateAccount(context, { name: ' 演示贸易 ' })).toEqual(before);
    expect(await auditOf('account.updated')).toHaveLength(entries);
  });

  it('writes nothing when one field is wrong', async () => {
    const before = await getAccount(context);
    const change = updateAccount(context, { contactName: 'Kept out', taxId: '91310000MA1K000007' });
    await expect(change).rejects.toMatchObject({ code: 'invalid_request', details: { issues: [{ field: 'taxId', code: 'tax_id_check_digit' }] } });
    expect(await getAccount(context)).toEqual(before);
  });

  it('takes two changes at once and keeps both', async () => {
    await Promise.all([updateAccount(context, { phone: '+86 21 5555 0100' }), updateAccount(context, { contactName: 'Demo Person' })]);
    expect(await getAccount(context)).toMatchObject({ phone: '+86 21 5555 0100', contactName: 'Demo Person' });
  });

  it('keeps its currency while a subscription runs', async () => {
    await updateAccount(context, { currency: 'EUR' });
    const now = clock.now();
    await database().plan.create({
      data: {
        id: 'plan_x', key: 'x', nameEn: 'X', nameZh: 'X', rank: 1, createdAt: now,
        versions: { create: { id: 'pver_x', version: 1, publishedAt: now, prices: { create: { id: 'price_x', currency: 'EUR', interval: 'month', amountMinor: 100n } } } },
      },
    });
    await database().subscription.create({
      data: {
        id: 'sub_x', accountId: account.id, priceId: 'price_x', status: 'active', anchorAt: now, currentPeriodStart: now,
        currentPeriodEnd: new Date('2026-04-03T08:00:00Z'), startedAt: now, createdAt: now, updatedAt: now,
      },
    });
    await expect(updateAccount(context, { currency: 'USD' })).rejects.toMatchObject({ code: 'currency_locked' });
    expect((await updateAccount(context, { currency: 'EUR', name: 'Demo' })).name).toBe('Demo');
    expect((await getAccount(context)).currency).toBe('EUR');
  });

  it('lets a person in once', async () => {
    await addMember(context, { userId: 'usr_viewer', role: 'viewer' });
    await expect(addMember(context, { userId: 'usr_viewer', role: 'admin' })).rejects.toMatchObject({ code: 'conflict' });
    expect((await listMembers(context)).map((member) => member.role)).toEqual(['owner', 'viewer']);
  });

  it('is not found under another id', async () => {
    const stranger = { ...context, accountId: 'acc_nobody' };
    await expect(getAccount(stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(updateAccount(stranger, { name: 'Mine' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
