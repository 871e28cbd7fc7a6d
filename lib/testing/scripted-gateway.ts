import type { Charge, ChargeResult, GatewayCharge, NewRefund, RefundResult } from '@/lib/billing/payments/gateway/charges';
import type { Checkout, NewCheckout } from '@/lib/billing/payments/gateway/checkouts';
import type { DisputeAnswer, GatewayDispute } from '@/lib/billing/payments/gateway/disputes';
import { EventNotAuthentic, GatewayRefusal, GatewayUnavailable } from '@/lib/billing/payments/gateway/failures';
import type { GatewayEvent, GatewayMovement, NewGatewayCustomer, PaymentGateway } from '@/lib/billing/payments/gateway/gateway';
import type { GatewayMethod, NewSetup, Setup } from '@/lib/billing/payments/gateway/methods';
import { insertPaymentMethod } from '@/lib/billing/payments/methods/store';
import { readAttempts } from '@/lib/billing/payments/store';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';

/** What the gateway does with a charge: answers, or acts and is not heard (`lost`), or is away (`away`). */
export type Script = Exclude<ChargeResult['outcome'], 'failed' | 'canceled'> | 'declined' | 'stolen' | 'lost' | 'away';

/** The same with a refund; `refused`: it will not make it. */
export type RefundScript = 'succeeded' | 'pending' | 'refused' | 'lost' | 'away';

/**
 * A gateway in memory that keeps to the port's contract: the same key is the same thing. Each payment method follows a
 * script, its last line for ever; without one every charge succeeds. What a customer does in a browser and what a bank
 * does later is told by the methods below the port's own.
 */
export class ScriptedGateway implements PaymentGateway {
  readonly title = 'Scripted';
  readonly capabilities = { offSession: true, slowSettlement: true, setupInPage: true, checkout: ['payment', 'setup'], partialRefunds: true, currencies: null, disputeEvidence: { storyLetters: 2000, fileBytes: 4_500_000 } } as const;
  readonly publicSettings = {};
  readonly pageOrigins = { scripts: [], connections: [], frames: [] };
  readonly standIn = true;
  /** Every charge that was made, by its key. */
  readonly charges = new Map<string, { charge: Pick<Charge, 'amountMinor' | 'currency' | 'paymentMethod'>; result: ChargeResult }>();
  readonly setups = new Map<string, Setup>();
  readonly checkouts = new Map<string, { asked: NewCheckout; answer: Checkout }>();
  readonly refunds = new Map<string, RefundResult>();
  readonly disputes = new Map<string, GatewayDispute>();
  /** Every answer to a dispute that was handed in, by its key. */
  readonly answers = new Map<string, DisputeAnswer>();
  readonly methods = new Map<string, GatewayMethod>();
  readonly movements: GatewayMovement[] = [];
  /** How often it was asked to charge. */
  asked = 0;
  /** While true, nothing is answered. */
  isAway = false;
  /** What it does with the responses to disputes to come, the last line for ever. */
  disputeScript: ('taken' | 'lost' | 'refused' | 'away')[] = ['taken'];
  /** What it does with the refunds to come, the last line for ever. */
  refundScript: RefundScript[] = ['succeeded'];
  private readonly scripts = new Map<string, Script[]>();
  private readonly customers = new Map<string, string>();
  private readonly removed = new Set<string>();
  private readonly responded = new Set<string>();

  constructor(readonly name: string = 'scripted') {}

  script(paymentMethod: string, ...lines: Script[]): void {
    this.scripts.set(paymentMethod, lines);
  }

  async createCustomer({ idempotencyKey }: NewGatewayCustomer): Promise<{ reference: string }> {
    this.answer();
    const reference = this.customers.get(idempotencyKey) ?? `customer_${this.name}_${newId('acc')}`;
    this.customers.set(idempotencyKey, reference);
    return { reference };
  }

  async beginSetup({ idempotencyKey, setupId }: NewSetup): Promise<Setup> {
    this.answer();
    const known = this.setups.get(idempotencyKey);
    if (known) return known;
    const setup: Setup = { reference: `setup_of_${idempotencyKey}`, setupId, outcome: 'open', clientSecret: `secret_of_${idempotencyKey}`, method: null, failureCode: null };
    this.setups.set(idempotencyKey, setup);
    return setup;
  }

  async readSetup(reference: string): Promise<Setup> {
    this.answer();
    return known([...this.setups.values()].find((setup) => setup.reference === reference));
  }

  async readMethod(reference: string): Promise<GatewayMethod | null> {
    this.answer();
    return this.methods.get(reference) ?? null;
  }

  async removeMethod({ reference }: { reference: string }): Promise<void> {
    this.answer();
    this.methods.delete(reference);
    this.removed.add(reference);
  }

  async charge(charge: Charge): Promise<ChargeResult> {
    this.asked += 1;
    this.answer();
    const known = this.charges.get(charge.idempotencyKey);
    if (known) {
      if (known.charge.amountMinor !== charge.amountMinor) throw new Error('The key was used for another amount.');
      return known.result;
    }
    if (this.removed.has(charge.paymentMethod)) return { outcome: 'failed', reference: null, code: 'invalid_method', retryable: false };
    const lines = this.scripts.get(charge.paymentMethod) ?? ['succeeded'];
    const line = lines.length > 1 ? lines.shift() : lines[0];
    if (line === 'away') throw new GatewayUnavailable('The gateway is away.');
    const result = resultOf(line ?? 'succeeded', `ch_${charge.idempotencyKey}`);
    this.charges.set(charge.idempotencyKey, { charge, result });
    if (line === 'lost') throw new GatewayUnavailable('The answer was lost.');
    return result;
  }

  async readCharge(reference: string): Promise<GatewayCharge> {
    this.answer();
    const [attemptId, { charge, result }] = known([...this.charges].find(([, made]) => made.result.reference === reference));
    const refundedMinor = [...this.refunds.values()].filter((refund) => refund.charge === reference && refund.outcome === 'succeeded').reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    return { reference, attemptId, result, amountMinor: charge.amountMinor, currency: charge.currency, paymentMethod: charge.paymentMethod, refundedMinor };
  }

  async cancelCharge({ reference }: { reference: string }): Promise<ChargeResult> {
    const { attemptId, result } = await this.readCharge(reference);
    if (result.outcome === 'requires_action') this.finish(attemptId!, { outcome: 'canceled', reference });
    return (await this.readCharge(reference)).result;
  }

  async createCheckout(asked: NewCheckout): Promise<Checkout> {
    this.answer();
    const known = this.checkouts.get(asked.idempotencyKey);
    if (known) return known.answer;
    const reference = `checkout_of_${asked.idempotencyKey}`;
    const answer: Checkout = { reference, checkoutId: asked.checkoutId, mode: asked.mode, state: 'open', url: `https://gateway.test/${reference}`, charge: null, setup: null, subscription: null };
    this.checkouts.set(asked.idempotencyKey, { asked, answer });
    return answer;
  }

  async readCheckout(reference: string): Promise<Checkout> {
    this.answer();
    return known([...this.checkouts.values()].find(({ answer }) => answer.reference === reference)).answer;
  }

  async expireCheckout({ reference }: { reference: string }): Promise<Checkout> {
    const checkout = await this.readCheckout(reference);
    if (checkout.state !== 'open') return checkout;
    Object.assign(checkout, { state: 'expired', url: null });
    if (checkout.charge) {
      checkout.charge.result = { outcome: 'canceled', reference: checkout.charge.reference };
      this.finish(checkout.charge.attemptId!, checkout.charge.result);
    }
    return checkout;
  }

  async refund({ idempotencyKey, charge, amountMinor, currency }: NewRefund): Promise<RefundResult> {
    this.answer();
    const made = this.refunds.get(idempotencyKey);
    if (made) return made;
    const line = this.refundScript.length > 1 ? this.refundScript.shift() : this.refundScript[0];
    if (line === 'away') throw new GatewayUnavailable('The gateway is away.');
    if (line === 'refused') throw new GatewayRefusal('The charge is too old to be refunded.', 'refused');
    const { amountMinor: charged, refundedMinor } = await this.readCharge(charge);
    if (refundedMinor + amountMinor > charged) throw new GatewayRefusal('More than is left of the charge.', 'already_refunded');
    const result: RefundResult = { reference: `re_${idempotencyKey}`, refundId: idempotencyKey, charge, outcome: line === 'pending' ? 'pending' : 'succeeded', amountMinor, currency };
    this.refunds.set(idempotencyKey, result);
    if (line === 'lost') throw new GatewayUnavailable('The answer was lost.');
    return result;
  }

  async readRefund(reference: string): Promise<RefundResult> {
    this.answer();
    return known([...this.refunds.values()].find((refund) => refund.reference === reference));
  }

  async readDispute(reference: string): Promise<GatewayDispute> {
    this.answer();
    return known(this.disputes.get(reference));
  }

  async answerDispute(answer: DisputeAnswer): Promise<void> {
    await this.respond(answer, { state: 'under_review', takes: [] });
    this.answers.set(answer.idempotencyKey, answer);
  }

  async acceptDispute(acceptance: { idempotencyKey: string; reference: string }): Promise<void> {
    const { state, amountMinor } = await this.readDispute(acceptance.reference);
    if (state !== 'lost') await this.respond(acceptance, { state: 'lost', withdrawnMinor: amountMinor, takes: [] });
  }

  private async respond({ idempotencyKey, reference }: { idempotencyKey: string; reference: string }, becomes: Partial<GatewayDispute>): Promise<void> {
    const before = await this.readDispute(reference);
    if (this.responded.has(idempotencyKey)) return;
    const line = this.disputeScript.length > 1 ? this.disputeScript.shift() : this.disputeScript[0];
    if (line === 'away') throw new GatewayUnavailable('The gateway is away.');
    if (line === 'refused' || before.takes.length === 0) throw new GatewayRefusal('The dispute takes no response now.', 'refused');
    this.responded.add(idempotencyKey);
    this.disputes.set(reference, { ...before, ...becomes });
    if (line === 'lost') throw new GatewayUnavailable('The answer was lost.');
  }

  async *listMovements({ from, to }: { from: Date; to: Date }): AsyncIterable<GatewayMovement> {
    this.answer();
    yield* this.movements.filter(({ occurredAt }) => occurredAt >= from && occurredAt < to);
  }

  /** A notice is the event as JSON; its signature is the word `authentic`. */
  async readEvent({ body, headers }: { body: Uint8Array; headers: Readonly<Record<string, string | undefined>> }): Promise<GatewayEvent> {
    if (headers['x-signature'] !== 'authentic') throw new EventNotAuthentic('The signature is not right.');
    const { occurredAt, ...event } = JSON.parse(Buffer.from(body).toString('utf8')) as Omit<GatewayEvent, 'occurredAt'> & { occurredAt: string };
    return { ...event, occurredAt: new Date(occurredAt) };
  }

  /** The charge ends so, as when the customer confirmed it or the bank settled it. */
  finish(attemptId: string, result: ChargeResult): void {
    const made = known(this.charges.get(attemptId));
    this.charges.set(attemptId, { ...made, result });
  }

  /** The customer stores a method in the page. Returns the gateway's name of it. */
  finishSetup(setupId: string, method: Partial<GatewayMethod> = {}): string {
    const setup = known([...this.setups.values()].find((one) => one.setupId === setupId));
    const stored = this.storeMethod(method);
    Object.assign(setup, { outcome: 'succeeded', clientSecret: null, method: stored });
    return stored.reference;
  }

  /** The customer finishes the gateway's page, by paying or storing a method. After a decline the page stays open. */
  finishCheckout(checkoutId: string, paid: Script = 'succeeded'): void {
    const { asked, answer } = known([...this.checkouts.values()].find((one) => one.asked.checkoutId === checkoutId));
    const method = this.storeMethod({ customer: asked.customer });
    const isDeclined = paid === 'declined' || paid === 'stolen';
    if (!isDeclined) Object.assign(answer, { state: 'complete', url: null });
    if (asked.mode === 'setup' && !isDeclined) {
      answer.setup = { reference: `setup_of_${checkoutId}`, setupId: null, outcome: 'succeeded', clientSecret: null, method, failureCode: null };
      this.setups.set(checkoutId, answer.setup);
    }
    if (asked.mode === 'payment') {
      const { attemptId, amountMinor, currency } = asked;
      const result = resultOf(isDeclined ? 'processing' : paid, `ch_${attemptId}`);
      this.charges.set(attemptId, { charge: { amountMinor, currency, paymentMethod: method.reference }, result });
      answer.charge = { reference: `ch_${attemptId}`, attemptId, result, amountMinor, currency, paymentMethod: method.reference, refundedMinor: 0n };
    }
  }

  /** Somebody refunds a charge at the gateway itself. Returns the gateway's name of it. */
  refundThere(charge: string, amountMinor: bigint, currency = 'USD'): string {
    const reference = `re_${newId('rfd')}`;
    this.refunds.set(reference, { reference, refundId: null, charge, outcome: 'succeeded', amountMinor, currency });
    return reference;
  }

  /** The refund ends so, as when the bank sends it back. */
  finishRefund(reference: string, outcome: RefundResult['outcome']): void {
    const [key, made] = known([...this.refunds].find(([, refund]) => refund.reference === reference));
    this.refunds.set(key, { ...made, outcome });
  }

  /** The customer's bank takes a charge back, whole unless said, or it goes on. Returns the gateway's name of the dispute. */
  dispute(charge: string, news: Partial<GatewayDispute> = {}): string {
    const reference = `dp_${charge}`;
    const made = [...this.charges.values()].find(({ result }) => result.reference === charge);
    const amountMinor = known(made).charge.amountMinor;
    const opened: GatewayDispute = {
      reference, charge, state: 'needs_response', reason: 'fraudulent', amountMinor, currency: 'USD', withdrawnMinor: amountMinor, feeMinor: 1500n, respondBy: new Date('2026-12-24T00:00:00Z'),
      takes: [], openedAt: new Date('2026-12-01T00:00:00Z'),
    };
    const next = { ...(this.disputes.get(reference) ?? opened), ...news };
    this.disputes.set(reference, { ...next, takes: news.takes ?? (next.state === 'needs_response' || next.state === 'warning' ? ['answer', 'accept'] : []) });
    return reference;
  }

  /** What went through, of an invoice or in all, in minor units. */
  async collected(invoiceId?: string): Promise<bigint> {
    const attempts = invoiceId === undefined ? null : new Set((await readAttempts(database(), invoiceId)).map(({ id }) => id));
    return [...this.charges]
      .filter(([attempt, { result }]) => result.outcome === 'succeeded' && (attempts === null || attempts.has(attempt)))
      .reduce((sum, [, { charge }]) => sum + charge.amountMinor, 0n);
  }

  private storeMethod(method: Partial<GatewayMethod>): GatewayMethod {
    const reference = method.reference ?? `method_${newId('pm')}`;
    const stored: GatewayMethod = { customer: '', kind: 'card', brand: 'visa', lastDigits: '4242', expiry: { month: 12, year: 2034 }, fingerprint: null, ...method, reference };
    this.methods.set(reference, stored);
    return stored;
  }

  private answer(): void {
    if (this.isAway) throw new GatewayUnavailable('The gateway is away.');
  }
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new GatewayRefusal('There is no such thing at this gateway.', 'unknown_reference');
  return value;
}

function resultOf(line: Script, reference: string): ChargeResult {
  if (line === 'declined') return { outcome: 'failed', reference, code: 'insufficient_funds', retryable: true };
  if (line === 'stolen') return { outcome: 'failed', reference, code: 'lost_or_stolen', retryable: false };
  if (line === 'requires_action') return { outcome: 'requires_action', reference, clientSecret: `secret_of_${reference}` };
  return { outcome: line === 'lost' || line === 'away' ? 'succeeded' : line, reference };
}

/** Gives the account a default payment method at the scripted gateway. Returns the gateway's name of it. */
export async function addTestMethod({ accountId, clock }: Context): Promise<string> {
  const id = newId('pm');
  const reference = `method_${id}`;
  await insertPaymentMethod(database(), {
    id, accountId, gateway: 'scripted', reference, kind: 'card', brand: 'demo', lastDigits: '', expiryMonth: null, expiryYear: null, fingerprint: null,
    label: 'Demo card', isDefault: true, createdAt: clock.now(),
  });
  return reference;
}
