import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { creditGranted } from '../ledger/bookings';
import { post } from '../ledger/post';
import { priorities, type Grant, type GrantCause } from './grant';
import { settleOverdrawn } from './settle-overdrawn';
import * as store from './store';

export interface NewGrant {
  cause: GrantCause;
  /** The id of what caused it: it grants once. */
  reference: string;
  currency: string;
  /** Minor units, above zero. */
  amountMinor: bigint;
  priority?: number;
  expiresAt?: Date | null;
  note?: string;
}

/** What pays for credit of each cause. Of a purchase the receipt books it. */
const paidFrom = { welcome: 'promotion_cost', operator: 'promotion_cost', refund: 'owed_back', purchase: null } as const satisfies Record<GrantCause, unknown>;

/**
 * Gives the account credit, in the transaction under way and under the account's lock. The same cause said again answers the
 * grant that it made. Money that is owed back becomes credit by the cause `refund`; of a purchase only the receipt is booked.
 */
export async function grantCredit(transaction: Database, context: Context, wanted: NewGrant): Promise<Grant> {
  const { cause, reference, currency, amountMinor } = wanted;
  const grant: Grant = {
    id: newId('grant'), accountId: context.accountId, currency, cause, amountMinor, leftMinor: amountMinor, priority: wanted.priority ?? priorities[cause],
    expiresAt: wanted.expiresAt ?? null, revokedAt: null, note: wanted.note ?? '', createdAt: context.clock.now(),
  };
  if (!(await store.insertGrant(transaction, grant, reference))) return found(await store.readGrantOf(transaction, cause, reference), 'credit grant');
  await store.moveGrants(transaction, { accountId: grant.accountId, currency, kind: 'granted', occurredAt: grant.createdAt, parts: [{ grant, amountMinor }] });
  const from = paidFrom[cause];
  if (from) await post(transaction, context, creditGranted({ id: grant.id, currency, amountMinor, from }));
  const { priority, expiresAt, note } = grant;
  await recordAudit(transaction, context, { action: 'credit.granted', subject: grant.id, after: { cause, reference, currency, amountMinor, priority, expiresAt, note } });
  await settleOverdrawn(transaction, context, currency);
  return grant;
}
