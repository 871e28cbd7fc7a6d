import { recordAudit } from '@/lib/audit/record-audit';
import { systemClock, type Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { expiryMail } from '@/lib/notify/expiry-mail';
import { queueMail } from '@/lib/notify/mail';
import { getAccount } from '../../accounts/get-account';
import { listRecipients } from '../../accounts/list-recipients';
import { expiryNoticeDays } from '../../payments/methods/payment-method';
import { markExpiryTold, readExpiringUntold, readMethod } from '../../payments/methods/store';

const together = 100;

/** Tells those who look after the bills, once, of each payment method that expires within 30 days. Any number of workers may run it. */
export async function tellOfExpiringMethods(clock: Clock, testClockId: string | null = null): Promise<{ told: number }> {
  let told = 0;
  for (;;) {
    const now = clock.now();
    const until = new Date(now.getTime() + expiryNoticeDays * 86_400_000);
    const untold = await readExpiringUntold(database(), testClockId, now, until, together);
    if (untold.length === 0) return { told };
    for (const { id, accountId } of untold) told += await tell({ actor: { kind: 'system', id: 'payments' }, accountId, clock, requestId: newId('req') }, id);
  }
}

function tell(context: Context, id: string): Promise<number> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const method = await readMethod(transaction, context.accountId, id);
    if (!method || method.expiryMonth === null || method.expiryYear === null || !(await markExpiryTold(transaction, id, context.clock.now()))) return 0;
    const { label, isDefault, expiryMonth, expiryYear } = method;
    const account = await getAccount(context);
    for (const { language, ...recipient } of await listRecipients(context, ['owner', 'admin', 'billing'], account.language)) {
      await queueMail(expiryMail({ recipient, account: account.name, label, isDefault, expiryMonth, expiryYear }, language), systemClock);
    }
    await recordAudit(transaction, context, { action: 'payment_method.expiry_told', subject: id, after: { label, expiryMonth, expiryYear } });
    return 1;
  });
}
