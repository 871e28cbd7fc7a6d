import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CostCentre } from '../../cost-centres/cost-centre';
import type { CentreUsage } from '../../cost-centres/cost-of-centres';
import { Exact } from '../../money/money';
import { decideShowback } from './showback';

const centre = (key: string, archivedAt: Date | null = null): CostCentre => ({
  id: `cc_${key}`, key, name: key.toUpperCase(), budgetMinor: null, currency: null, createdAt: new Date('2026-01-01T00:00:00Z'), archivedAt, apiKeys: [],
});
const used = (key: string | null, feature: string, cost: string): CentreUsage => ({ centre: key, feature, quantity: 10n, events: 2n, cost: new Exact(cost), unpricedQuantity: 0n });
const facts = { month: '2026-03', currency: 'USD', centres: [], previousUsage: [], usage: [], bill: { invoices: 0, totalMinor: 0n } };

describe('decideShowback', () => {
  it('shows the costliest first, with shares, the month before and what names no centre apart', () => {
    const showback = decideShowback({
      ...facts,
      centres: [centre('idle'), centre('gone', new Date()), centre('old', new Date()), centre('research')],
      usage: [used('research', 'tokens', '6'), used('research', 'api_calls', '1.5'), used('unknown', 'tokens', '0.5'), used(null, 'tokens', '2')],
      previousUsage: [used('research', 'tokens', '5'), used('old', 'tokens', '1')],
      bill: { invoices: 1, totalMinor: 2_999n },
    });
    expect(showback.items.map(({ key, centre: known, costMinor, previousCostMinor, share }) => [key, known?.name ?? null, costMinor, previousCostMinor, share])).toEqual([
      ['research', 'RESEARCH', 750n, 500n, 0.75],
      ['unknown', null, 50n, 0n, 0.05],
      ['idle', 'IDLE', 0n, 0n, 0],
      ['old', 'OLD', 0n, 100n, 0],
    ]);
    expect(showback.unassigned).toMatchObject({ key: null, costMinor: 200n, share: 0.2, billMinor: 600n });
    expect([showback.costMinor, showback.previousCostMinor]).toEqual([1_000n, 600n]);
    expect(showback.items[0]?.usage.map(({ feature, cost }) => [feature, cost])).toEqual([['tokens', '6'], ['api_calls', '1.5']]);
  });

  it('asks nobody for a bill where nothing cost anything', () => {
    const showback = decideShowback({ ...facts, centres: [centre('a')], usage: [used('a', 'tokens', '0')], bill: { invoices: 1, totalMinor: 999n } });
    expect([showback.items[0]?.billMinor, showback.unassigned.billMinor]).toEqual([0n, 999n]);
  });

  it('splits the bill without losing a unit', () => {
    const usage = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', null), fc.constantFrom('x', 'y'), fc.integer({ min: 0, max: 1_000_000 })), { maxLength: 12 });
    fc.assert(
      fc.property(usage, fc.bigInt({ min: 0n, max: 10n ** 12n }), (rows, totalMinor) => {
        const unique = [...new Map(rows.map(([key, feature, cost]) => [`${key} ${feature}`, used(key, feature, `0.${cost}`)])).values()];
        const { items, unassigned } = decideShowback({ ...facts, centres: [centre('a')], usage: unique, bill: { invoices: 1, totalMinor } });
        expect([...items, unassigned].reduce((sum, { billMinor }) => sum + billMinor, 0n)).toBe(totalMinor);
      }),
    );
  });
});
