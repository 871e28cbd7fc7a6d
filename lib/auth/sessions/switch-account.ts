import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { RunningSession } from './sessions';
import { setSessionAccount } from './store';

/** Moves a session into another account of its person. Throws `not_found` for one that they do not belong to. */
export async function switchAccount(session: RunningSession, accountId: string): Promise<void> {
  const { account } = found(session.memberships.find((membership) => membership.account.id === accountId), 'account');
  await setSessionAccount(database(), session.id, account.id);
}
