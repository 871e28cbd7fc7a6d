import { recordAudit } from '@/lib/audit/record-audit';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import type { Page } from '@/lib/core/input';
import type { Notice, NoticeStatus } from './notice';
import * as store from './store';

export interface NoticeQuestion {
  status?: NoticeStatus | undefined;
  gateway?: string | undefined;
  /** From 1. */
  page: number;
  pageSize: number;
}

/** One page of what gateways told about the customers of the account's seller, or about nobody known; newest first. */
export async function listNotices(context: Context, { status, gateway, page, pageSize }: NoticeQuestion): Promise<Page<Notice>> {
  const filter = { ...(status && { status }), ...(gateway !== undefined && { gateway }) };
  return { ...(await store.readNotices(database(), context.accountId, filter, { skip: (page - 1) * pageSize, take: pageSize })), page, pageSize };
}

/** Has a notice applied anew from its first attempt on, whatever became of it. Throws `not_found`, and `invalid_transition` for one about nothing. */
export function replayNotice(context: Context, id: string): Promise<Notice> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await store.readNotice(transaction, context.accountId, id), 'notice');
    if (!before.subjectKind) throw new DomainError('invalid_transition', 'This notice is about nothing that is kept here.');
    await store.restartNotice(transaction, id, systemClock.now());
    await recordAudit(transaction, context, { action: 'gateway_notice.replayed', subject: id, before: { status: before.status, failure: before.failure }, ofSeller: true });
    return found(await store.readNotice(transaction, context.accountId, id), 'notice');
  });
}

/** The same for every notice that was given up. Returns how many. */
export function replayDeadNotices(context: Context): Promise<{ replayed: number }> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const ids = await store.restartDeadNotices(transaction, context.accountId, systemClock.now());
    for (const id of ids) await recordAudit(transaction, context, { action: 'gateway_notice.replayed', subject: id, before: { status: 'dead' }, ofSeller: true });
    return { replayed: ids.length };
  });
}
