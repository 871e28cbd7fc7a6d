import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entitlement } from '../../catalog/catalog';
import type { InvoiceLine } from '../../invoices/invoice';
import { chargedBy, grossOf, type UsageCharge } from '../../invoices/usage-charges';
import { priceOf } from '../../money/money';
import type { CounterRow } from '../../quota/store';
import { differenceOf } from './decide';

const period = { start: new Date('2026-01-31T09:00:00Z'), end: new Date('2026-02-28T09:00:00Z') };
const feature = { key: 'ai_chat', kind: 'metered' as const, name: { en: 'AI chat messages', zh: 'AI 对话' }, unit: { en: '', zh: '条' } };
const entitlement: Entitlement = { feature, limit: 100n, enabled: true, allowed: [], policy: 'overage', reset: 'period', rolloverCap: null, rates: [], overage: { USD: '0.0137' } };
const counter = (used: bigint): CounterRow => ({
  id: 1, featureKey: 'ai_chat', reset: 'period', period, used, held: 0n, events: 1n, termsVersion: 0n, limit: 100n, policy: 'overage', rolledOver: 0n, overageAmount: '0.0137',
});

let nextId = 0;
function chargeOf(quantity: bigint, amountMinor: bigint, taxMinor = 0n, invoiceStatus: UsageCharge['invoiceStatus'] = 'open'): UsageCharge {
  nextId += 1;
  const line: InvoiceLine = {
    id: `line_${nextId}`, position: 1, kind: 'usage', description: feature.name, featureKey: 'ai_chat', quantity, unitAmount: '0.0137', amountMinor, netMinor: amountMinor, taxMinor, taxPercentage: null, period,
  };
  return { invoiceId: `inv_${nextId}`, invoiceStatus, line, takenBack: { quantity: 0n, amountMinor: 0n } };
}

const rated = (used: bigint) => (used > 100n ? { quantity: used - 100n, amountMinor: priceOf(used - 100n, '0.0137', 'USD') } : { quantity: 0n, amountMinor: 0n });

describe('usage that changed after its period had been charged', () => {
  it('ends, however often it goes up and down, with exactly what it costs charged', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 5_000n }), { minLength: 1, maxLength: 12 }), (uses) => {
        const charges: UsageCharge[] = [];
        for (const used of uses) {
          const { lines, parts } = differenceOf({ feature, entitlement, counter: counter(used), charges, currency: 'USD' });
          expect(lines.length > 0 && parts.length > 0).toBe(false);
          for (const { quantity, amountMinor } of lines) charges.push(chargeOf(quantity, amountMinor));
          for (const { charge, quantity, amountMinor } of parts) {
            charge.takenBack = { quantity: charge.takenBack.quantity + quantity, amountMinor: charge.takenBack.amountMinor + amountMinor };
            expect(charge.takenBack.amountMinor).toBeLessThanOrEqual(charge.line.amountMinor);
          }
          expect(chargedBy(charges).amountMinor).toBe(rated(used).amountMinor);
          // To be made up for once: looked at again, nothing is left.
          expect(differenceOf({ feature, entitlement, counter: counter(used), charges, currency: 'USD' })).toMatchObject({ lines: [], parts: [] });
        }
      }),
    );
  });

  it('is rated by the price that held, whatever the plan of now says', () => {
    const dearer = { ...entitlement, limit: 1n, overage: { USD: '5' } };
    for (const plan of [dearer, undefined]) {
      const { lines } = differenceOf({ feature, entitlement: plan, counter: counter(1_100n), charges: [chargeOf(500n, 685n)], currency: 'USD' });
      // 1 000 past the limit × 0.0137 = 13.70, less 6.85.
      expect(lines).toMatchObject([{ quantity: 500n, amountMinor: 685n }]);
    }
  });

  it('is left to whoever declared its invoice void', () => {
    expect(differenceOf({ feature, entitlement, counter: counter(1_100n), charges: [chargeOf(500n, 685n, 0n, 'void')], currency: 'USD' })).toMatchObject({ lines: [], parts: [] });
  });

  it('is credited with the tax that was charged on it, and never more than other credit notes left', () => {
    const charge = chargeOf(1_000n, 1_370n, 260n);
    const [part] = differenceOf({ feature, entitlement, counter: counter(600n), charges: [charge], currency: 'USD' }).parts;
    // 500 past the limit are 6.85: 6.85 of 13.70 are taken back, and half of the tax of 2.60.
    expect(part).toMatchObject({ quantity: 500n, amountMinor: 685n });
    expect(grossOf(part!, [])).toBe(815n);
    expect(grossOf(part!, [{ position: 1, netMinor: 1_000n, taxMinor: 190n }])).toBe(440n);
    expect(grossOf({ ...part!, amountMinor: 1_370n }, [])).toBe(1_630n);
  });
});
