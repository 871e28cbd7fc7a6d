import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { readBillingTerms } from '../../subscriptions/store';
import { dayAfter, startOfDay } from '../../time/period';
import { readParties } from '../store';
import { balance, type Statement } from './statement';
import * as store from './store';

const longestDays = 731;
const dayMs = 86_400_000;

/** The first moment of a range of days and the first after it. Throws `invalid_request`. */
function rangeOf(from: string, to: string, timeZone: string): { start: Date; end: Date } {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  const refuse = (message: string) => new DomainError('invalid_request', undefined, { issues: [{ field: 'to', message }] });
  if (days < 1) throw refuse('Choose a day that is not before the first.');
  if (days > longestDays) throw refuse(`Choose at most ${longestDays} days.`);
  return { start: startOfDay(from, timeZone), end: startOfDay(dayAfter(to), timeZone) };
}

/**
 * What the account owed over a range of calendar days in its time zone, in one currency (its own unless said): invoices,
 * credit notes, payments and invoices declared void, each at its moment. Throws `not_found`, `invalid_request`.
 */
export async function getStatement(context: Context, { from, to, currency }: { from: string; to: string; currency?: string | undefined }): Promise<Statement> {
  const { accountId } = context;
  const db = database();
  const terms = await readBillingTerms(db, accountId);
  const range = rangeOf(from, to, terms.timeZone);
  const { seller, customer } = found(await readParties(db, accountId), 'account');
  const chosen = { accountId, currency: currency ?? terms.currency };
  const [opening, entries] = [await store.readBalance(db, chosen, range.start), await store.readEntries(db, chosen, range)];
  return { currency: chosen.currency, from, to, ...balance(opening, entries), seller, customer, issuedAt: context.clock.now() };
}
