import type { Context } from '@/lib/core/context';
import { database, type Database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { listPlans } from '../../catalog/list-plans';
import { creditable } from '../../invoices/credit-notes/decide-credit';
import { readCredited } from '../../invoices/credit-notes/store';
import { readStandingInvoices } from '../../invoices/charged/store';
import type { Reasons } from '../../subscriptions/cancel-subscription';
import { findFallback } from '../../subscriptions/find-offer';
import { requireChangeable } from '../../subscriptions/get-subscription';
import { readBillingTerms } from '../../subscriptions/store';
import type { Subscription } from '../../subscriptions/subscription';
import { closingUsage } from '../closing-usage';
import type { CreditableInvoice, Facts } from './decide';

export interface WantedCancellation extends Reasons {
  /** Whether the unused rest of the period is given back; no unless said. */
  credit?: boolean | undefined;
}

async function creditableInvoices(db: Database, { id, currentPeriod }: Subscription): Promise<CreditableInvoice[]> {
  const found: CreditableInvoice[] = [];
  for (const invoice of await readStandingInvoices(db, id, currentPeriod.start)) {
    const left = creditable(invoice.lines, await readCredited(db, invoice.id)).map((line) => ({ ...line, grossMinor: line.netMinor + line.taxMinor }));
    found.push({ invoice, leftMinor: left.reduce((sum, line) => sum + line.grossMinor, 0n), leftOfLine: new Map(left.map((line) => [line.position, line.grossMinor])) });
  }
  return found;
}

/**
 * Reads what the decision needs. Throws `no_subscription`, `managed_by_gateway`, and `invalid_transition` for the plan that remains
 * after a cancellation.
 */
export async function loadCancellation(context: Context, wanted: WantedCancellation, at: Date): Promise<Facts> {
  const facts = await loadEnd(context, wanted, at);
  if (facts.fallback?.plan.key === facts.subscription.plan.key) {
    throw new DomainError('invalid_transition', 'This plan costs nothing and is what remains after a cancellation.');
  }
  return facts;
}

/** The same for the end of any plan. */
export async function loadEnd(context: Context, { credit = false, cause, reason = '' }: WantedCancellation, at: Date): Promise<Facts> {
  const subscription = await requireChangeable(context);
  const fallback = findFallback(await listPlans(context), subscription.price.currency);
  const { timeZone, prorationUnit } = await readBillingTerms(database(), context.accountId);
  return {
    subscription, timeZone, fallback, credit, cause: cause ?? null, reason, at,
    proration: { unit: prorationUnit, timeZone },
    closingUsage: await closingUsage(subscription, context.clock.now(), { leaving: true }),
    invoices: await creditableInvoices(database(), subscription),
  };
}
