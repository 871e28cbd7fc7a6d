import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError, found } from '@/lib/core/errors';
import type { Account, ProfileChange } from './account';
import { applyChange, changeIssues, differences } from './profile';
import { hasRunningSubscription, readAccount, writeProfile } from './store';

/**
 * Changes the named parts of the account's profile and leaves the rest. A change that changes nothing writes nothing.
 * Throws `invalid_request` with an issue for each field that is wrong, `currency_locked` for another currency while a
 * subscription runs, and `not_found`.
 */
export function updateAccount(context: Context, change: ProfileChange): Promise<Account> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const account = found(await readAccount(transaction, context.accountId), 'account');
    const profile = applyChange(account, change);

    const issues = changeIssues(profile, change);
    if (issues.length > 0) throw new DomainError('invalid_request', undefined, { issues });

    const { before, after } = differences(account, profile);
    if (Object.keys(after).length === 0) return account;
    if ('currency' in after && (await hasRunningSubscription(transaction, account.id))) throw new DomainError('currency_locked');

    const updated = await writeProfile(transaction, account.id, profile, context.clock.now());
    await recordAudit(transaction, context, { action: 'account.updated', subject: account.id, before, after });
    return updated;
  });
}
