import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POST } from '@/app/api/webhooks/[provider]/route';
import { setPaymentGateways } from '@/lib/billing/payments/configured-gateway';
import type { EventSubject } from '@/lib/billing/payments/gateway/gateway';
import { performPayments } from '@/lib/billing/workflows/collect-payment/perform-payments';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { FixedClock, systemClock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { addTestMethod, ScriptedGateway, type Script } from '@/lib/testing/scripted-gateway';
import { applyNotices } from './apply-notices';
import { replayDeadNotices, replayNotice } from './replay-notices';

useTestDatabase();
let sellerId: string;
let gateway: ScriptedGateway;

beforeAll(async () => {
  sellerId = await seedSeller(systemClock.now());
});
beforeEach(() => {
  gateway = new ScriptedGateway();
  setPaymentGateways([gateway]);
});
afterEach(async () => {
  setPaymentGateways([]);
  await database().gatewayNotice.deleteMany();
});

interface Sent {
  id?: string;
  type?: string;
  subject?: { kind: EventSubject; reference: string } | null;
}

const bodyOf = ({ id = newId('evt'), type = 'charge.updated', subject = null }: Sent) => JSON.stringify({ id, type, subject, occurredAt: systemClock.now() });

async function post(body: BodyInit, { provider = 'scripted', signature = 'authentic' } = {}) {
  const request = new Request(`http://portal.example/api/webhooks/${provider}`, { method: 'POST', body, headers: { 'x-signature': signature, cookie: 'portal-session=none' } });
  const response = await POST(request, { params: Promise.resolve({ provider }) });
  return { status: response.status, envelope: (await response.json()) as { code: string } };
}

const notices = () => database().gatewayNotice.findMany({ orderBy: { id: 'asc' } });
const later = (minutes: number) => new FixedClock(new Date(systemClock.now().getTime() + minutes * 60_000));

/** A customer whose first invoice was charged as the script says. */
async function charged(script: Script) {
  const { context, clock } = await seedAccount(sellerId, systemClock.now());
  gateway.script(await addTestMethod(context), script);
  await subscribe(context, { planKey: 'pro', interval: 'month' });
  await performPayments(clock);
  const attempt = await database().paymentAttempt.findFirstOrThrow({ where: { accountId: context.accountId } });
  const statusOf = async () => (await database().invoice.findUniqueOrThrow({ where: { id: attempt.invoiceId! } })).status;
  return { context, attempt, statusOf, about: { kind: 'charge', reference: `ch_${attempt.id}` } as const };
}

describe('a notice at the door', () => {
  it('is kept once, however often it comes, and nothing of its content is', async () => {
    const body = JSON.stringify({ ...(JSON.parse(bodyOf({ id: 'evt_same', subject: { kind: 'charge', reference: 'ch_1' } })) as object), client_secret: 'pi_1_secret_2' });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => post(body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const kept = await notices();
    expect(kept).toMatchObject([{ eventId: 'evt_same', subjectKind: 'charge', reference: 'ch_1', status: 'waiting' }]);
    expect(Object.values(kept[0]!).some((value) => typeof value === 'string' && value.includes('secret'))).toBe(false);
  });

  it.each([
    ['forged', () => post(bodyOf({}), { signature: 'guessed' }), 400, 'webhook_refused'],
    ['too large', () => post(new Uint8Array(256 * 1024 + 1)), 400, 'webhook_refused'],
    ['of somebody unknown', () => post(bodyOf({}), { provider: 'nobody' }), 404, 'not_found'],
  ])('that is %s is refused, and nothing is kept', async (_, send, status, code) => {
    expect(await send()).toMatchObject({ status, envelope: { code } });
    expect(await notices()).toEqual([]);
  });

  it('about nothing that we know is kept and ignored', async () => {
    await post(bodyOf({ type: 'customer.created' }));
    expect(await notices()).toMatchObject([{ type: 'customer.created', status: 'ignored' }]);
  });
});

describe('a notice that is kept', () => {
  it('pays the invoice of a charge that went through meanwhile, once, with any number of workers', async () => {
    const { context, attempt, statusOf, about } = await charged('processing');
    gateway.finish(attempt.id, { outcome: 'succeeded', reference: about.reference });
    for (let copy = 0; copy < 5; copy += 1) await post(bodyOf({ subject: about }));
    await Promise.all([1, 2, 3].map(() => applyNotices(systemClock)));
    expect(await statusOf()).toBe('paid');
    expect(await notices()).toMatchObject(Array.from({ length: 5 }, () => ({ status: 'applied', accountId: context.accountId })));
    expect(await database().auditEntry.count({ where: { subject: attempt.id, action: 'payment.succeeded' } })).toBe(1);
  });

  it('tells of a charge whose answer was lost before the job asks again', async () => {
    const { statusOf, about } = await charged('lost');
    await post(bodyOf({ subject: about }));
    await applyNotices(systemClock);
    expect(await statusOf()).toBe('paid');
    await performPayments(later(10));
    expect(await gateway.collected()).toBe(2999n);
  });

  it('is tried again while the gateway is away, is given up after two days, and is applied when it is replayed', async () => {
    const { context, attempt, statusOf, about } = await charged('processing');
    gateway.finish(attempt.id, { outcome: 'succeeded', reference: about.reference });
    await post(bodyOf({ subject: about }));
    gateway.isAway = true;
    await applyNotices(systemClock);
    expect(await notices()).toMatchObject([{ status: 'waiting', attempts: 1, failure: 'The gateway is away.' }]);
    for (let day = 0; day <= 8; day += 1) await applyNotices(later(day * 24 * 60 + 1));
    expect(await notices()).toMatchObject([{ status: 'dead', nextAttemptAt: null }]);
    gateway.isAway = false;
    expect(await replayDeadNotices(context)).toEqual({ replayed: 1 });
    await applyNotices(later(1));
    expect(await statusOf()).toBe('paid');
    expect(await notices()).toMatchObject([{ status: 'applied', failure: null }]);
    expect(await database().auditEntry.count({ where: { action: 'gateway_notice.replayed' } })).toBe(1);
  });

  it('about a payment that we never asked for is ignored after a few tries', async () => {
    gateway.charges.set('foreign', { charge: { amountMinor: 500n, currency: 'USD', paymentMethod: 'pm' }, result: { outcome: 'succeeded', reference: 'ch_foreign' } });
    await post(bodyOf({ subject: { kind: 'charge', reference: 'ch_foreign' } }));
    for (const minutes of [0, 1, 3]) await applyNotices(later(minutes));
    expect(await notices()).toMatchObject([{ status: 'waiting', failure: 'It is a payment that we did not ask for.' }]);
    await applyNotices(later(10));
    expect(await notices()).toMatchObject([{ status: 'ignored', attempts: 4 }]);
  });

  it('waits until the gateway that it is from is switched on again', async () => {
    await post(bodyOf({ subject: { kind: 'charge', reference: 'ch_1' } }));
    setPaymentGateways([]);
    await applyNotices(later(60));
    expect(await notices()).toMatchObject([{ status: 'waiting', attempts: 0 }]);
  });

  it('is replayed by its seller alone', async () => {
    const { context, about } = await charged('succeeded');
    const { context: stranger } = await seedAccount(await seedSeller(systemClock.now()), systemClock.now());
    await post(bodyOf({ subject: about }));
    await applyNotices(systemClock);
    const [notice] = await notices();
    await expect(replayNotice(stranger, notice!.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await replayNotice(context, notice!.id)).toMatchObject({ status: 'waiting', attempts: 0 });
  });
});
