import type { Context } from '@/lib/core/context';
import { queueMail } from '@/lib/notify/mail';
import { quotaAlertMail } from '@/lib/notify/quota-alert-mail';
import { getAccount } from '../accounts/get-account';
import { listRecipients } from '../accounts/list-recipients';
import type { AlertNews } from './alert';

/** Mails the alert to those who look after the account, in the transaction that raises it. */
export async function tellPeople(context: Context, { featureName, unit, ...alert }: AlertNews): Promise<void> {
  const account = await getAccount(context);
  for (const { language, ...recipient } of await listRecipients(context, ['owner', 'admin', 'billing'], account.language)) {
    const facts = { ...alert, recipient, account: account.name, feature: featureName[language], unit: unit[language], timeZone: account.timeZone };
    await queueMail(quotaAlertMail(facts, language), context.clock);
  }
}
