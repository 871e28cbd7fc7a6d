import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import type { Account, AccountProfile, ProfileChange } from './account';
import { applyChange, profileIssues } from './profile';
import { insertAccount, insertMember } from './store';

export interface NewAccount {
  sellerId: string;
  /** The person who owns it from the start. */
  ownerId: string;
  /** What is left out gets the default: United States, English, UTC, US dollars. */
  profile: ProfileChange & { name: string; contactEmail: string };
}

const emptyProfile: AccountProfile = {
  name: '',
  legalName: '',
  contactName: '',
  contactEmail: '',
  phone: '',
  address: { line1: '', line2: '', city: '', region: '', postalCode: '', country: 'US' },
  taxId: '',
  purchaseOrder: '',
  invoiceEmails: [],
  language: 'en',
  timeZone: 'UTC',
  currency: 'USD',
};

/** Opens an account with its owner as first member. Throws `invalid_request` with an issue for each field that is wrong. */
export function createAccount(context: Omit<Context, 'accountId'>, input: NewAccount): Promise<Account> {
  const profile = applyChange(emptyProfile, input.profile);
  const issues = profileIssues(profile);
  if (issues.length > 0) throw new DomainError('invalid_request', undefined, { issues });

  return inTransaction(async (transaction) => {
    const now = context.clock.now();
    const account = await insertAccount(transaction, { id: newId('acc'), sellerId: input.sellerId, profile, now });
    await insertMember(transaction, { accountId: account.id, userId: input.ownerId, role: 'owner', now });
    await recordAudit(
      transaction,
      { ...context, accountId: account.id },
      { action: 'account.created', subject: account.id, after: { name: account.name, owner: input.ownerId, currency: account.currency } },
    );
    return account;
  });
}
