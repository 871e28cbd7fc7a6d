import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '@/lib/testing/receiver';
import { startStripeSandbox, type StripeSandbox, type StripeSandboxOptions } from './server';
import { clientFor } from './test-client';

let folder: string;
const running: StripeSandbox[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
  rmSync(folder, { recursive: true });
});

async function start(options: StripeSandboxOptions = {}) {
  const sandbox = await startStripeSandbox({ stateFile: join(folder, 'state.json'), ...options });
  running.push(sandbox);
  return { sandbox, stripe: clientFor(sandbox) };
}

describe('the state file', () => {
  it('holds a change before its answer leaves', async () => {
    const { stripe } = await start();
    const { id } = await stripe.customers.create();
    expect(readFileSync(join(folder, 'state.json'), 'utf8')).toContain(id);
  });

  it('brings everything back: objects, keys, the clock and what is still to come', async () => {
    const first = await start({ settleAfter: 3_600_000 });
    const customer = await first.stripe.customers.create({ name: 'Kept' }, { idempotencyKey: 'kept' });
    const mandate_data = { customer_acceptance: { type: 'offline' as const } };
    const intent = await first.stripe.paymentIntents.create({ amount: 900, currency: 'usd', customer: customer.id, payment_method: 'pm_usBankAccount_success', mandate_data, allowed_payment_method_types: ['us_bank_account'], confirm: true });
    const day = new Date(first.sandbox.clock.now().getTime() + 60_000);
    first.sandbox.clock.move(day);
    await first.sandbox.close();

    const { sandbox, stripe } = await start();
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ name: 'Kept' });
    expect((await stripe.customers.create({ name: 'Kept' }, { idempotencyKey: 'kept' })).id).toBe(customer.id);
    expect(sandbox.clock.now()).toEqual(day);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'processing' });
    sandbox.clock.move(new Date(day.getTime() + 3_600_000));
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded' });
  });

  it('sends events that were on their way', async () => {
    const receiver = await startReceiver(() => 200);
    const webhook = { url: receiver.url, secret: 'whsec_test' };
    const first = await start({ webhook });
    first.sandbox.webhooks.set({ mode: 'hold' });
    await first.stripe.customers.create();
    await first.sandbox.close();
    expect(receiver.received).toHaveLength(0);
    const { sandbox } = await start({ webhook });
    await sandbox.webhooks.settled();
    expect(receiver.received).toHaveLength(1);
    await receiver.stop();
  });

  it('never holds a card number', async () => {
    const { stripe } = await start();
    await stripe.paymentMethods.create({ type: 'card', card: { number: '4000002760003184', exp_month: 12, exp_year: 2040, cvc: '987' } }, { idempotencyKey: 'card' });
    expect(readFileSync(join(folder, 'state.json'), 'utf8')).not.toMatch(/4000002760003184|"987"/);
  });

  it('is refused when it is no state', async () => {
    writeFileSync(join(folder, 'state.json'), '{');
    await expect(start()).rejects.toThrow('cannot be read');
  });

  it('is emptied by a reset', async () => {
    const { sandbox, stripe } = await start();
    const { id } = await stripe.customers.create();
    sandbox.reset();
    expect((await stripe.customers.list()).data).toEqual([]);
    await sandbox.close();
    expect(readFileSync(join(folder, 'state.json'), 'utf8')).not.toContain(id);
  });
});

describe('time', () => {
  it('brings what is slow by itself', async () => {
    const { sandbox, stripe } = await start({ settleAfter: 20 });
    const refund = await stripe.paymentIntents
      .create({ amount: 900, currency: 'usd', payment_method: 'pm_card_pendingRefund', allowed_payment_method_types: ['card'], confirm: true })
      .then(({ id }) => stripe.refunds.create({ payment_intent: id }));
    await expect.poll(async () => (await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
    expect(sandbox.events().at(-1)?.request).toEqual({ id: null, idempotency_key: null });
  });

  it('moves forward only, and is real again when released', async () => {
    const { sandbox } = await start();
    const later = new Date(Date.now() + 3_600_000);
    sandbox.clock.move(later);
    expect(() => sandbox.clock.move(new Date())).toThrow('forward only');
    sandbox.clock.move(null);
    expect(sandbox.clock.now().getTime()).toBeLessThan(later.getTime());
  });
});
