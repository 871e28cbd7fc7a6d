import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, type Database } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import { assertSellable } from './check-plan';
import type { Plan, PlanDefinition } from './catalog';
import { definitionOf, sellsTheSame } from './publish-catalog';
import { toJson } from './pricing/schema';
import * as store from './store';

export interface PublishedPlan {
  plan: Plan;
  /** Whether it is offered to the account alone. */
  exclusive: boolean;
}

/** What the audit log keeps of a plan. */
function auditOf(plan: Plan): object {
  const { name, rank, prices, entitlements, trial } = definitionOf(plan);
  return toJson({ key: plan.key, version: plan.version, name, rank, prices, entitlements, trial });
}

async function assertMayEdit(transaction: Database, context: Context, key: string, exclusive: boolean): Promise<{ retiredAt: Date | null } | null> {
  const owner = await store.readPlanOwner(transaction, key);
  if (!owner) return null;
  if (owner.accountId !== null && owner.accountId !== context.accountId) throw new DomainError('unknown_plan');
  if ((owner.accountId !== null) !== exclusive) {
    throw new DomainError('conflict', 'A plan of this key is offered to others than that. Choose another key, or leave who it is offered to.');
  }
  return owner;
}

/**
 * Publishes a plan: a new one, or a new version of it where it sells something else than its newest version. Running
 * subscriptions stay on the version they were sold. `exclusive`: a negotiated plan that the account alone can see. A plan
 * that was retired is on offer again. The same again changes nothing.
 * Throws `invalid_request` with the fields to change, `unknown_plan` for another account's plan, and `conflict` when the
 * plan is offered to others than `exclusive` says.
 */
export function publishPlan(context: Context, definition: PlanDefinition, { exclusive }: { exclusive: boolean }): Promise<PublishedPlan> {
  return inTransaction(async (transaction) => {
    await store.lockCatalog(transaction);
    assertSellable(definition, await store.readFeatures(transaction));
    const owner = await assertMayEdit(transaction, context, definition.key, exclusive);
    const before = await store.readNewestVersion(transaction, definition.key);
    const now = context.clock.now();
    const planId = await store.writePlan(transaction, definition, now, exclusive ? context.accountId : null);
    if (owner?.retiredAt) await store.retirePlan(transaction, planId, null);
    if (!before || !sellsTheSame(definition, before)) {
      await store.writeVersion(transaction, planId, (before?.version ?? 0) + 1, definition, now, false);
    }
    const plan = found(await store.readNewestVersion(transaction, definition.key), 'plan');
    const [old, after] = [before && auditOf(before), auditOf(plan)];
    if (owner?.retiredAt || JSON.stringify(old) !== JSON.stringify(after)) {
      await recordAudit(transaction, context, { action: 'plan.published', subject: plan.id, before: old, after: { ...after, exclusiveTo: exclusive ? context.accountId : null }, ofSeller: true });
    }
    return { plan, exclusive };
  });
}

/** Takes a plan off offer. Running subscriptions go on. Throws `unknown_plan`, also when it is off offer already. */
export function retirePlan(context: Context, key: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await store.lockCatalog(transaction);
    const owner = await store.readPlanOwner(transaction, key);
    if (!owner || owner.retiredAt || (owner.accountId !== null && owner.accountId !== context.accountId)) throw new DomainError('unknown_plan');
    const now = context.clock.now();
    await store.retirePlan(transaction, owner.id, now);
    await recordAudit(transaction, context, { action: 'plan.retired', subject: owner.id, before: { key, retiredAt: null }, after: { key, retiredAt: now }, ofSeller: true });
  });
}
