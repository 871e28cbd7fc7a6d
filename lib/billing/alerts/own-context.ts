import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { newId } from '@/lib/core/ids';
import { clockFor } from '../accounts/test-clocks/account-clock';

/** In which alerts of the account are raised, on the clock that it lives by. */
export async function ownContext(accountId: string, realTime: Clock): Promise<Context> {
  return { actor: { kind: 'system', id: 'alerts' }, accountId, clock: await clockFor(accountId, realTime), requestId: newId('req') };
}
