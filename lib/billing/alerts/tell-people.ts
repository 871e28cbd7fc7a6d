import type { Context } from '@/lib/core/context';
import { alertMail } from '@/lib/notify/alert-mail';
import { queueMail } from '@/lib/notify/mail';
import { quotaAlertMail } from '@/lib/notify/quota-alert-mail';
import { getAccount } from '../accounts/get-account';
import { listRecipients, type Recipient } from '../accounts/list-recipients';
import type { Account } from '../accounts/account';
import type { Feature, LimitPolicy } from '../catalog/catalog';
import { listFeatures } from '../catalog/list-features';
import type { Alert, QuotaAlert } from './alert';
import { getAlertSettings } from './alert-settings';

async function audience(context: Context): Promise<{ account: Account; recipients: Recipient[] }> {
  const account = await getAccount(context);
  const { recipients } = await getAlertSettings(context);
  return { account, recipients: await listRecipients(context, recipients, account.language) };
}

/** Mails the alert of a counter's threshold to those who are to get alerts, in the transaction that raises it. */
export async function tellOfQuota(context: Context, alert: QuotaAlert, { name, unit }: Feature, policy: LimitPolicy | null): Promise<void> {
  const { account, recipients } = await audience(context);
  for (const { language, ...recipient } of recipients) {
    const facts = { ...alert, policy, recipient, account: account.name, feature: name[language], unit: unit[language], timeZone: account.timeZone };
    await queueMail(quotaAlertMail(facts, language), context.clock);
  }
}

/** Mails any other alert to them likewise. */
export async function tellPeople(context: Context, alert: Alert): Promise<void> {
  const { kind, costCentre, currency, percent, used, limit, day } = alert;
  if (kind === 'quota') throw new Error('What a counter reached is told with its policy.');
  const feature = (await listFeatures()).find(({ key }) => key === alert.feature);
  const { account, recipients } = await audience(context);
  for (const { language, ...recipient } of recipients) {
    const facts = {
      kind, currency, percent, used, limit, day, recipient, account: account.name, costCentre: costCentre?.name ?? '',
      feature: feature?.name[language] ?? '', unit: feature?.unit[language] ?? '',
    };
    await queueMail(alertMail(facts, language), context.clock);
  }
}
