import type { Clock } from '@/lib/core/clock';
import { database, inTransaction } from '@/lib/core/database';
import { recordIdentityChange } from './record';
import { deleteIdentity, findIdentityOf } from './store';

/** Since when the person's sign-in is linked to the issuer; null: it is not. */
export async function linkedSince(personId: string, issuer: string): Promise<Date | null> {
  return (await findIdentityOf(database(), personId, issuer))?.createdAt ?? null;
}

/**
 * Unlinks the person from who they are at the issuer, such as after they were given another login there. The next sign-in
 * with the same verified address links again. Unlinking what is not linked does nothing.
 */
export function unlinkIdentity(personId: string, issuer: string, clock: Clock): Promise<void> {
  return inTransaction(async (transaction) => {
    const identity = await findIdentityOf(transaction, personId, issuer);
    if (!identity || !(await deleteIdentity(transaction, identity.id))) return;
    await recordIdentityChange(transaction, { action: 'identity.unlinked', identityId: identity.id, personId, issuer, subject: identity.subject }, clock);
  });
}
