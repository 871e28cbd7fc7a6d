import type { Charge, ChargeResult, PaymentGateway } from '@/lib/billing/payments/gateway';
import { insertPaymentMethod } from '@/lib/billing/payments/store';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';

/** What the gateway does with a charge: answers, or acts and is not heard (`lost`), or is away (`away`). */
export type Script = Exclude<ChargeResult['outcome'], 'failed'> | 'declined' | 'stolen' | 'lost' | 'away';

/**
 * A gateway in memory that keeps to the port's contract: the same key is the same charge. Each payment method follows a
 * script, its last line for ever; without one every charge succeeds.
 */
export class ScriptedGateway implements PaymentGateway {
  readonly name = 'scripted';
  readonly capabilities = { offSession: true, slowSettlement: true };
  /** Every charge that was made, by its key. */
  readonly charges = new Map<string, { charge: Charge; result: ChargeResult }>();
  /** How often it was asked. */
  asked = 0;
  private readonly scripts = new Map<string, Script[]>();

  script(paymentMethod: string, ...lines: Script[]): void {
    this.scripts.set(paymentMethod, lines);
  }

  async charge(charge: Charge): Promise<ChargeResult> {
    this.asked += 1;
    const known = this.charges.get(charge.idempotencyKey);
    if (known) {
      if (known.charge.amountMinor !== charge.amountMinor) throw new Error('The key was used for another amount.');
      return known.result;
    }
    const lines = this.scripts.get(charge.paymentMethod) ?? ['succeeded'];
    const line = lines.length > 1 ? lines.shift() : lines[0];
    if (line === 'away') throw new Error('The gateway is away.');
    const result = resultOf(line ?? 'succeeded', `ch_${this.charges.size + 1}`);
    this.charges.set(charge.idempotencyKey, { charge, result });
    if (line === 'lost') throw new Error('The answer was lost.');
    return result;
  }

  /** What went through, of an invoice or in all, in minor units. */
  collected(invoiceId?: string): bigint {
    return [...this.charges.values()]
      .filter(({ charge, result }) => result.outcome === 'succeeded' && (invoiceId === undefined || charge.invoiceId === invoiceId))
      .reduce((sum, { charge }) => sum + charge.amountMinor, 0n);
  }
}

function resultOf(line: Script, reference: string): ChargeResult {
  if (line === 'declined') return { outcome: 'failed', reference, code: 'insufficient_funds', retryable: true };
  if (line === 'stolen') return { outcome: 'failed', reference, code: 'lost_or_stolen', retryable: false };
  return { outcome: line === 'lost' || line === 'away' ? 'succeeded' : line, reference };
}

/** Gives the account a default payment method at the scripted gateway. Returns the gateway's name of it. */
export async function addTestMethod({ accountId, clock }: Context): Promise<string> {
  const id = newId('pm');
  const reference = `method_${id}`;
  await insertPaymentMethod(database(), { id, accountId, gateway: 'scripted', reference, label: 'Demo card', isDefault: true, createdAt: clock.now() });
  return reference;
}
