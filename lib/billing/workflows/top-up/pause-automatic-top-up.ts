import { recordAudit } from '@/lib/audit/record-audit';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import { queueMail } from '@/lib/notify/mail';
import { topUpMail } from '@/lib/notify/top-up-mail';
import { getAccount } from '../../accounts/get-account';
import { listRecipients } from '../../accounts/list-recipients';
import { readAutomaticTopUp, writeAutomaticTopUp } from '../../credits/automatic/store';
import type { TopUp } from '../../credits/top-ups/top-up';
import type { FailureCode } from '../../payments/gateway/charges';

/** Stops buying credit by itself until the customer sets it anew, and tells those who look after the bills, once. */
export async function pauseAutomaticTopUp(transaction: Database, context: Context, { id, amountMinor, currency }: TopUp, failureCode: FailureCode): Promise<void> {
  const { accountId, clock } = context;
  const before = await readAutomaticTopUp(transaction, accountId);
  if (!before || before.pausedAt) return;
  const now = clock.now();
  await writeAutomaticTopUp(transaction, accountId, { ...before, pausedAt: now, failureCode }, now);
  await recordAudit(transaction, context, { action: 'automatic_top_up.paused', subject: accountId, after: { topUp: id, failureCode } });
  const account = await getAccount(context);
  for (const { language, ...recipient } of await listRecipients(context, ['owner', 'admin', 'billing'], account.language)) {
    // Mail is handed over in real time, whatever time the account lives in.
    await queueMail(topUpMail({ recipient, account: account.name, amountMinor, currency, failureCode }, language), systemClock);
  }
}
