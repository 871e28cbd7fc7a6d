import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Account } from './account';
import { readAccount } from './store';

/** The account the caller acts for. Throws `not_found`. */
export async function getAccount(context: Context): Promise<Account> {
  return found(await readAccount(database(), context.accountId), 'account');
}
