import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount, type Database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import type { Invoice } from '../../invoices/invoice';
import type { Direction } from '../../subscriptions/direction';
import type { Subscription } from '../../subscriptions/subscription';
import { bill } from '../collect-payment/bill';
import { assertNotUnpaid } from '../pay-first/pays-first';
import { renewUntilCurrent } from '../renew-subscription/renew-subscription';
import { decidePlanChange, type PlanChange } from './decide';
import { loadPlanChange, type WantedPlan } from './load';
import { movePlan } from './move-plan';

export interface ConfirmedChange extends WantedPlan {
  /** The total that the customer saw in minor units; another amount is not charged. */
  expectedTotalMinor?: bigint | undefined;
}

export interface ChangedPlan {
  subscription: Subscription;
  /** What was charged; null when nothing was. */
  invoice: Invoice | null;
}

const wrongDirection = { upgrade: 'not_an_upgrade', downgrade: 'not_a_downgrade' } as const;

/**
 * Changes the plan: an upgrade at once with its invoice, a downgrade scheduled for the period end. Throws `same_price`,
 * `not_an_upgrade`, `not_a_downgrade`, `unknown_plan`, `price_not_offered`, `no_subscription`, `invalid_transition`, and
 * `preview_outdated` when the charge would not be what the customer saw, and `payment_first` where it has to be paid first.
 */
async function changePlan(context: Context, direction: Direction, confirmed: ConfirmedChange): Promise<ChangedPlan> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    await renewUntilCurrent(context);
    const change = decidePlanChange(await loadPlanChange(context, confirmed));
    if (change.direction !== direction) throw new DomainError(wrongDirection[direction]);
    const changed = await applyPlanChange(transaction, context, change);
    await assertNotUnpaid(transaction, context, changed.invoice);
    if (confirmed.expectedTotalMinor !== undefined && (changed.invoice?.totalMinor ?? 0n) !== confirmed.expectedTotalMinor) {
      throw new DomainError('preview_outdated'); // Undoes the transaction: nothing is charged.
    }
    return changed;
  });
}

/** Carries a decided change out in the transaction, under the account's lock, and has it charged. */
export async function applyPlanChange(transaction: Database, context: Context, change: PlanChange): Promise<ChangedPlan> {
  const subscription = await movePlan(transaction, context, change);
  const invoice = change.invoice && (await bill(transaction, context, change.invoice));
  return { subscription, invoice };
}

/** Moves to a larger plan or a longer interval at once. See `changePlan` for what it throws. */
export function upgradeSubscription(context: Context, confirmed: ConfirmedChange): Promise<ChangedPlan> {
  return changePlan(context, 'upgrade', confirmed);
}

/** Schedules a smaller plan or a shorter interval for the period end. See `changePlan` for what it throws. */
export function downgradeSubscription(context: Context, confirmed: ConfirmedChange): Promise<ChangedPlan> {
  return changePlan(context, 'downgrade', confirmed);
}
