import type { Database } from '@/lib/core/database';
import type { Period } from '../../time/period';
import type { Invoice } from '../invoice';
import { draftLineFrom, invoiceFrom, lineFrom, withLines } from '../rows';
import type { ChargedLine } from '../unbilled-lines';
import type { UsageCharge } from '../usage-charges';

/**
 * The lines that the subscription's invoices, void ones too, hold for times that begin in the period; what was taken back of
 * usage counts against them. No invoice charges a time that begins after its own period, so those of earlier periods are not read.
 */
export async function readChargedLines(db: Database, subscriptionId: string, period: Period): Promise<ChargedLine[]> {
  const rows = await db.invoiceLine.findMany({
    where: { invoice: { subscriptionId, periodEnd: { gte: period.start } }, periodStart: { gte: period.start, lt: period.end } },
    include: { invoice: { select: { status: true } }, usageCredits: true },
    orderBy: [{ invoice: { createdAt: 'asc' } }, { position: 'asc' }],
  });
  return rows.flatMap(({ invoice, usageCredits, ...row }) => {
    const line = { ...draftLineFrom(row), invoiceStatus: invoice.status };
    return [line, ...usageCredits.map(({ quantity, amountMinor }) => ({ ...line, quantity: -quantity, amountMinor: -amountMinor }))];
  });
}

/** The lines by which the usage of one feature in one quota period was charged, oldest first, those of void invoices too. */
export async function readUsageCharges(
  db: Database,
  { accountId, currency, featureKey, periodStart }: { accountId: string; currency: string; featureKey: string; periodStart: Date },
): Promise<UsageCharge[]> {
  const rows = await db.invoiceLine.findMany({
    where: { invoice: { accountId, currency }, kind: 'usage', featureKey, periodStart },
    include: { invoice: { select: { id: true, status: true } }, usageCredits: true },
    orderBy: [{ invoice: { createdAt: 'asc' } }, { position: 'asc' }],
  });
  return rows.map(({ invoice, usageCredits, ...row }) => ({
    invoiceId: invoice.id,
    invoiceStatus: invoice.status,
    line: lineFrom(row),
    takenBack: {
      quantity: usageCredits.reduce((sum, { quantity }) => sum + quantity, 0n),
      amountMinor: usageCredits.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    },
  }));
}

/** Whether an invoice that is not void has charged the account for the setup of the plan. */
export async function hasPaidSetup(db: Database, accountId: string, planId: string): Promise<boolean> {
  const prices = await db.price.findMany({ where: { planVersion: { planId }, setupFeeMinor: { gt: 0 } }, select: { id: true } });
  const line = await db.invoiceLine.findFirst({
    where: { kind: 'setup_fee', priceId: { in: prices.map(({ id }) => id) }, invoice: { accountId, status: { not: 'void' } } },
    select: { id: true },
  });
  return line !== null;
}

/** The issued invoices of the subscription that are not void and bill time after the moment, newest first. */
export async function readStandingInvoices(db: Database, subscriptionId: string, after: Date): Promise<Invoice[]> {
  const rows = await db.invoice.findMany({
    where: { subscriptionId, status: { in: ['open', 'paid', 'uncollectible'] }, lines: { some: { periodEnd: { gt: after } } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    include: withLines,
  });
  return rows.map(invoiceFrom);
}
