import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { getAccount } from '../../accounts/get-account';
import { listFeatures } from '../../catalog/list-features';
import { issueCreditNote } from '../../invoices/credit-notes/issue-credit-note';
import { insertUsageCredit, readCredited } from '../../invoices/credit-notes/store';
import type { DraftLine } from '../../invoices/invoice';
import { readUsageCharges } from '../../invoices/charged/store';
import { readInvoice } from '../../invoices/store';
import { grossOf, type ChargePart } from '../../invoices/usage-charges';
import { isPaidIn } from '../../quota/spend';
import { readCounters } from '../../quota/store';
import type { Subscription } from '../../subscriptions/subscription';
import { readChanged } from '../../usage/store';
import { reviewDunning } from '../dunning/review-dunning';
import { differenceOf } from './decide';

/** No usage is recorded or corrected later than this after it happened, in milliseconds. */
const longestReach = 1_000 * 86_400_000;

/**
 * Makes up for usage that was recorded, corrected or voided after its period had been charged, under the account's lock at
 * the end of the running period: what it costs less is credited now, what it costs more is returned as lines for the
 * invoice that is about to be issued. Each difference is made up for once, since it is counted from what was charged and
 * taken back so far.
 */
export async function settleLateUsage(transaction: Database, context: Context, subscription: Subscription): Promise<DraftLine[]> {
  const { accountId, currentPeriod, plan, price } = subscription;
  const earlier = { start: new Date(currentPeriod.start.getTime() - longestReach), end: currentPeriod.start };
  const changed = await readChanged(transaction, accountId, earlier, currentPeriod.start);
  if (changed.length === 0) return [];

  const isChanged = (key: string, start: Date): boolean => changed.some((one) => one.featureKey === key && one.start.getTime() === start.getTime());
  const counters = (await readCounters(transaction, accountId, { startsAt: changed.map(({ start }) => start) })).filter(
    (counter) => isChanged(counter.featureKey, counter.period.start) && !isPaidIn(counter, currentPeriod),
  );
  const features = await listFeatures();
  const lines: DraftLine[] = [];
  for (const counter of counters) {
    const feature = features.find(({ key }) => key === counter.featureKey);
    if (feature?.kind !== 'metered') continue;
    const charges = await readUsageCharges(transaction, { accountId, currency: price.currency, featureKey: counter.featureKey, periodStart: counter.period.start });
    const entitlement = plan.entitlements.find((one) => one.feature.key === feature.key);
    const difference = differenceOf({ feature, entitlement, counter, charges, currency: price.currency });
    if (difference.lines.length === 0 && difference.parts.length === 0) continue;
    await recordAudit(transaction, context, {
      action: 'usage.rated_again',
      subject: subscription.id,
      before: { feature: feature.key, ...difference.before },
      after: { feature: feature.key, period: counter.period, used: counter.used, ...difference.after },
    });
    for (const part of difference.parts) await takeBack(transaction, context, part);
    lines.push(...difference.lines);
  }
  return lines;
}

async function takeBack(transaction: Database, context: Context, part: ChargePart): Promise<void> {
  const { invoiceId, line } = part.charge;
  const amountMinor = grossOf(part, await readCredited(transaction, invoiceId));
  if (amountMinor <= 0n) return; // Other credit notes have given all of it back already.
  const { language } = await getAccount(context);
  const reason = language === 'zh' ? '账单开出后用量已更正' : 'Usage was corrected after the invoice had been issued';
  const note = await issueCreditNote(context, { invoiceId, reason, wanted: { scope: 'lines', lines: [{ position: line.position, amountMinor }] } });
  await insertUsageCredit(transaction, { creditNoteId: note.id, invoiceLineId: line.id, quantity: part.quantity, amountMinor: part.amountMinor, createdAt: note.issuedAt });
  const invoice = await readInvoice(transaction, context.accountId, invoiceId);
  if (invoice) await reviewDunning(transaction, context, invoice);
}
