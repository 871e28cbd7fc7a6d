import enAccount from './messages/en/account.json';
import enAlerts from './messages/en/alerts.json';
import enApiKeys from './messages/en/apiKeys.json';
import enAuditLog from './messages/en/auditLog.json';
import enAuth from './messages/en/auth.json';
import enBilling from './messages/en/billing.json';
import enCommon from './messages/en/common.json';
import enCostCentres from './messages/en/costCentres.json';
import enCredit from './messages/en/credit.json';
import enDocs from './messages/en/docs.json';
import enEmbed from './messages/en/embed.json';
import enErrors from './messages/en/errors.json';
import enExtras from './messages/en/extras.json';
import enInvoiceMail from './messages/en/invoiceMail.json';
import enOverview from './messages/en/overview.json';
import enPalette from './messages/en/palette.json';
import enPay from './messages/en/pay.json';
import enPayments from './messages/en/payments.json';
import enShell from './messages/en/shell.json';
import enSubscribing from './messages/en/subscribing.json';
import enSubscription from './messages/en/subscription.json';
import enTeam from './messages/en/team.json';
import enUsage from './messages/en/usage.json';
import enWebhooks from './messages/en/webhooks.json';
import zhAccount from './messages/zh/account.json';
import zhAlerts from './messages/zh/alerts.json';
import zhApiKeys from './messages/zh/apiKeys.json';
import zhAuditLog from './messages/zh/auditLog.json';
import zhAuth from './messages/zh/auth.json';
import zhBilling from './messages/zh/billing.json';
import zhCommon from './messages/zh/common.json';
import zhCostCentres from './messages/zh/costCentres.json';
import zhCredit from './messages/zh/credit.json';
import zhDocs from './messages/zh/docs.json';
import zhEmbed from './messages/zh/embed.json';
import zhErrors from './messages/zh/errors.json';
import zhExtras from './messages/zh/extras.json';
import zhInvoiceMail from './messages/zh/invoiceMail.json';
import zhOverview from './messages/zh/overview.json';
import zhPalette from './messages/zh/palette.json';
import zhPay from './messages/zh/pay.json';
import zhPayments from './messages/zh/payments.json';
import zhShell from './messages/zh/shell.json';
import zhSubscribing from './messages/zh/subscribing.json';
import zhSubscription from './messages/zh/subscription.json';
import zhTeam from './messages/zh/team.json';
import zhUsage from './messages/zh/usage.json';
import zhWebhooks from './messages/zh/webhooks.json';
import type { Language } from './languages';

const en = {
  account: enAccount,
  alerts: enAlerts,
  apiKeys: enApiKeys,
  auditLog: enAuditLog,
  auth: enAuth,
  billing: enBilling,
  common: enCommon,
  costCentres: enCostCentres,
  credit: enCredit,
  docs: enDocs,
  embed: enEmbed,
  errors: enErrors,
  extras: enExtras,
  invoiceMail: enInvoiceMail,
  overview: enOverview,
  palette: enPalette,
  pay: enPay,
  payments: enPayments,
  shell: enShell,
  subscribing: enSubscribing,
  subscription: enSubscription,
  team: enTeam,
  usage: enUsage,
  webhooks: enWebhooks,
};

/** The texts of every namespace; English sets the shape, so a missing translation does not compile. */
export type Messages = typeof en;

const zh: Messages = {
  account: zhAccount,
  alerts: zhAlerts,
  apiKeys: zhApiKeys,
  auditLog: zhAuditLog,
  auth: zhAuth,
  billing: zhBilling,
  common: zhCommon,
  costCentres: zhCostCentres,
  credit: zhCredit,
  docs: zhDocs,
  embed: zhEmbed,
  errors: zhErrors,
  extras: zhExtras,
  invoiceMail: zhInvoiceMail,
  overview: zhOverview,
  palette: zhPalette,
  pay: zhPay,
  payments: zhPayments,
  shell: zhShell,
  subscribing: zhSubscribing,
  subscription: zhSubscription,
  team: zhTeam,
  usage: zhUsage,
  webhooks: zhWebhooks,
};

export const messages: Record<Language, Messages> = { en, zh };

declare module 'next-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Messages;
  }
}
