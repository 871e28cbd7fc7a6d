import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { database, pool } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { customerWithBooks, events, live } from '@/lib/testing/life-of-money';
import { expireDueCredit } from '../../credits/expire-credit';
import { giveCredit } from '../../credits/give-credit';
import { available } from '../../credits/grant';
import { readGrantsLeft, readOverdrawn } from '../../credits/store';
import { readBalances } from '../../ledger/store';
import { checkLedger } from './check-ledger';

useTestDatabase();

const sumOf = async (accountId: string) => (await readBalances(database(), accountId)).reduce((sum, { balanceMinor }) => sum + balanceMinor, 0n);
const clean = { unbalanced: [], discrepancies: [] };

describe('the ledger of the house', () => {
  it('sums to zero and says what is left of credit and what is owed, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(...events), { minLength: 4, maxLength: 16 }), async (lived) => {
        const customer = await customerWithBooks();
        await live(customer, lived);
        expect(await sumOf(customer.accountId)).toBe(0n);
        expect(await checkLedger()).toMatchObject(clean);
        // Once their time is over, nothing that was given away is left.
        customer.clock.set(new Date('2027-01-01T00:00:00Z'));
        await expireDueCredit(customer.clock);
        const left = await readGrantsLeft(database(), customer.accountId);
        expect(left.every(({ cause }) => cause === 'purchase')).toBe(true);
        const held = (await readBalances(database(), customer.accountId)).find(({ ledgerAccount }) => ledgerAccount === 'customer_credit');
        const owedMinor = (await readOverdrawn(database(), customer.accountId)).reduce((sum, { leftMinor }) => sum - leftMinor, 0n);
        expect(-(held?.balanceMinor ?? 0n)).toBe(available(left, customer.clock.now()) - owedMinor);
        expect(owedMinor > 0n && left.length > 0).toBe(false);
        expect(await checkLedger()).toMatchObject(clean);
      }),
      { numRuns: 25 },
    );
  }, 180_000);

  it('is told apart from what was changed by hand', async () => {
    const customer = await customerWithBooks();
    await giveCredit(customer.context, { amountMinor: 500n, note: '' });
    await pool().query('ALTER TABLE credit_grant DISABLE TRIGGER USER');
    await database().creditGrant.updateMany({ where: { accountId: customer.accountId }, data: { leftMinor: 400n } });
    const { discrepancies } = await checkLedger();
    expect(discrepancies.filter(({ accountId }) => accountId === customer.accountId)).toMatchObject([
      { figure: 'promotional_credit', bookedMinor: 500n, heldMinor: 400n }, { figure: 'movements', bookedMinor: 500n, heldMinor: 400n },
    ]);
  });
});
