import { DomainError } from '../errors';
import type { Database } from './client';

/**
 * Locks the account's row until the transaction ends: every billing change of one account happens after another.
 * `NO KEY UPDATE` leaves other tables free to refer to the account meanwhile, so that usage is recorded on.
 * Throws `not_found` when there is no such account.
 */
export async function lockAccount(transaction: Database, accountId: string): Promise<void> {
  const rows = await transaction.$queryRaw<{ id: string }[]>`SELECT id FROM account WHERE id = ${accountId} FOR NO KEY UPDATE`;
  if (rows.length === 0) throw new DomainError('not_found', 'No such account.');
}
