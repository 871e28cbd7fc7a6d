import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { roles, type MemberRole } from '../accounts/account';
import { readSettings, writeSettings } from './store';

/** What an account is alerted of beside the thresholds of its limits, and who gets the mail. */
export interface AlertSettings {
  /** Percentages of the spend cap; none: never. */
  spendPercents: number[];
  /** Whether a limit that is expected to be passed alerts. */
  forecast: boolean;
  /** Whether unusual use alerts. */
  unusual: boolean;
  /** The roles that get every alert by mail; none: nobody does. */
  recipients: MemberRole[];
}

/** Unless the account chose otherwise. */
export const defaultSettings: AlertSettings = { spendPercents: [50, 80, 100], forecast: true, unusual: true, recipients: ['owner', 'admin', 'billing'] };

/** What the account is alerted of, and who is told. */
export async function getAlertSettings(context: Context): Promise<AlertSettings> {
  return (await readSettings(database(), context.accountId)) ?? defaultSettings;
}

/** Replaces all of them, from now on: what is passed already and was not raised is raised at once. */
export function setAlertSettings(context: Context, wanted: AlertSettings): Promise<AlertSettings> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = (await readSettings(transaction, context.accountId)) ?? defaultSettings;
    const after: AlertSettings = {
      spendPercents: [...new Set(wanted.spendPercents)].sort((one, other) => one - other),
      forecast: wanted.forecast,
      unusual: wanted.unusual,
      recipients: roles.filter((role) => wanted.recipients.includes(role)),
    };
    if (JSON.stringify(before) === JSON.stringify(after)) return after;
    await writeSettings(transaction, context.accountId, after, context.clock.now());
    await recordAudit(transaction, context, { action: 'alert_settings.changed', subject: context.accountId, before, after });
    return after;
  });
}
