import { recordAudit } from '@/lib/audit/record-audit';
import type { Clock } from '@/lib/core/clock';
import type { Database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { accountIdsOf } from './store';

export interface IdentityChange {
  action: 'identity.linked' | 'identity.unlinked';
  identityId: string;
  personId: string;
  issuer: string;
  subject: string;
}

/** Writes into the log of every account that the person belongs to how they may sign in from now on, since it lets them into each. */
export async function recordIdentityChange(transaction: Database, { action, identityId, personId, issuer, subject }: IdentityChange, clock: Clock): Promise<void> {
  const requestId = newId('req');
  const state = action === 'identity.linked' ? { after: { issuer, subject } } : { before: { issuer, subject } };
  for (const accountId of await accountIdsOf(transaction, personId)) {
    await recordAudit(transaction, { actor: { kind: 'person', id: personId }, accountId, clock, requestId }, { action, subject: identityId, ...state });
  }
}
