import enAccount from './messages/en/account.json';
import enAlerts from './messages/en/alerts.json';
import enApiKeys from './messages/en/apiKeys.json';
import enAuditLog from './messages/en/auditLog.json';
import enAuth from './messages/en/auth.json';
import enBilling from './messages/en/billing.json';
import enCommon from './messages/en/common.json';
import enCredit from './messages/en/credit.json';
import enDocs from './messages/en/docs.json';
import enEmbed from './messages/en/embed.json';
import enErrors from './messages/en/errors.json';
import enInvoiceDocument from './messages/en/invoiceDocument.json';
import enPay from './messages/en/pay.json';
import enPayments from './messages/en/payments.json';
import enShell from './messages/en/shell.json';
import enSubscription from './messages/en/subscription.json';
import enTeam from './messages/en/team.json';
import enUsage from './messages/en/usage.json';
import zhAccount from './messages/zh/account.json';
import zhAlerts from './messages/zh/alerts.json';
import zhApiKeys from './messages/zh/apiKeys.json';
import zhAuditLog from './messages/zh/auditLog.json';
import zhAuth from './messages/zh/auth.json';
import zhBilling from './messages/zh/billing.json';
import zhCommon from './messages/zh/common.json';
import zhCredit from './messages/zh/credit.json';
import zhDocs from './messages/zh/docs.json';
import zhEmbed from './messages/zh/embed.json';
import zhErrors from './messages/zh/errors.json';
import zhInvoiceDocument from './messages/zh/invoiceDocument.json';
import zhPay from './messages/zh/pay.json';
import zhPayments from './messages/zh/payments.json';
import zhShell from './messages/zh/shell.json';
import zhSubscription from './messages/zh/subscription.json';
import zhTeam from './messages/zh/team.json';
import zhUsage from './messages/zh/usage.json';
import type { Language } from './languages';

const en = {
  account: enAccount,
  alerts: enAlerts,
  apiKeys: enApiKeys,
  auditLog: enAuditLog,
  auth: enAuth,
  billing: enBilling,
  common: enCommon,
  credit: enCredit,
  docs: enDocs,
  embed: enEmbed,
  errors: enErrors,
  invoiceDocument: enInvoiceDocument,
  pay: enPay,
  payments: enPayments,
  shell: enShell,
  subscription: enSubscription,
  team: enTeam,
  usage: enUsage,
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
  credit: zhCredit,
  docs: zhDocs,
  embed: zhEmbed,
  errors: zhErrors,
  invoiceDocument: zhInvoiceDocument,
  pay: zhPay,
  payments: zhPayments,
  shell: zhShell,
  subscription: zhSubscription,
  team: zhTeam,
  usage: zhUsage,
};

export const messages: Record<Language, Messages> = { en, zh };

declare module 'next-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Messages;
  }
}
