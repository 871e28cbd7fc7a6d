import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import type { Member } from './account';
import { readMembers } from './store';

/** Everybody who belongs to the account, owners first. An account has few members, so the list is whole. */
export function listMembers(context: Context): Promise<Member[]> {
  return readMembers(database(), context.accountId);
}
