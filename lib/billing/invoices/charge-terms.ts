import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { afterSpending, available, spend, type Grant } from '../credits/grant';
import { readGrantsLeft } from '../credits/store';
import type { DraftLine } from './invoice';
import * as store from './store';
import { decideTax, type Tax } from './tax';
import { totalsOf, type TotalledLines } from './totals';

/** What charges to an account are made of beside their lines: its tax, and the credit that pays them. */
export interface ChargeTerms {
  currency: string;
  tax: Tax;
  grants: readonly Grant[];
}

/** The terms by which an invoice to the account would be issued now. Throws `not_found`. */
export async function chargeTermsOf({ accountId }: Context, currency: string): Promise<ChargeTerms> {
  const { seller, customer, rates } = found(await store.readParties(database(), accountId), 'account');
  return { currency, tax: decideTax(seller, { ...customer.address, taxId: customer.taxId }, rates), grants: await readGrantsLeft(database(), accountId, currency) };
}

/**
 * What the lines would be charged by those terms at a moment, and the terms that are left for what comes after it: credit
 * is spent once. Pure. Throws `invoice_total_negative`.
 */
export function chargeOf(lines: readonly DraftLine[], terms: ChargeTerms, at: Date): { totals: TotalledLines; left: ChargeTerms } {
  const { tax, currency, grants } = terms;
  const totals = totalsOf(lines, tax, currency, available(grants, at));
  return { totals, left: { ...terms, grants: afterSpending(grants, spend(grants, totals.creditMinor, at)) } };
}
