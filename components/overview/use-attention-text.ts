import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { formatDate, formatMoney, formatQuantity } from '@/lib/i18n/format';
import { payHref } from '../payments/pay-href';
import type { AttentionDto, MayDo } from './types';

interface Told {
  key: string;
  sentence: string;
  action: { label: string; href: string };
}

type Kind = AttentionDto['kind'];
type Of<Name extends Kind> = Extract<AttentionDto, { kind: Name }>;
type InvoiceKind = Extract<Kind, `invoices_${string}`>;
type LimitKind = Extract<Kind, `limit_${string}`>;

const isOf = <Name extends string>(item: { kind: string }, prefix: Name): item is { kind: `${Name}${string}` } => item.kind.startsWith(prefix);

/** Says what each thing is, in one sentence, and what to do about it: what the person may do, else where to see it. */
export function useAttentionText(may: MayDo): (item: AttentionDto) => Told {
  const text = useTranslations('overview');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const date = (instant: string | null, style?: 'dateTime' | 'time') => (instant === null ? '—' : formatDate(instant, locale, timeZone, style));
  const quantity = (value: string) => formatQuantity(value, locale);

  const addMethod = { label: text('addMethod'), href: '/billing?open=method' };
  const toBilling = { label: text('viewBilling'), href: '/billing' };
  const toPlan = { label: text('viewPlan'), href: '/subscription' };
  const planAction = (label: string) => (may.changePlan ? { label, href: '/subscription' } : toPlan);
  const methodAction = may.pay ? addMethod : toBilling;

  function ofInvoices(item: Of<InvoiceKind>): Told {
    const { kind, count, invoiceId, invoiceNumber, currency, dueMinor, dueAt, nextAttemptAt, heldUntil } = item;
    const facts = { count, number: invoiceNumber ?? '', amount: formatMoney({ minor: dueMinor, currency }, locale) };
    const sentences: Record<InvoiceKind, string> = {
      invoices_failed: nextAttemptAt === null ? text('invoicesFailed', facts) : text('invoicesFailedAgain', { ...facts, date: date(nextAttemptAt) }),
      invoices_overdue: text('invoicesOverdue', { ...facts, date: date(dueAt) }),
      invoices_awaited: text('invoicesAwaited', { ...facts, time: date(heldUntil, 'time') }),
      invoices_due: text('invoicesDue', { ...facts, date: date(dueAt) }),
    };
    const one = { label: may.pay ? text('pay') : text('viewInvoice'), href: may.pay ? payHref(invoiceId) : `/billing/${invoiceId}` };
    const many = { label: text('viewInvoices'), href: `/billing?status=${kind === 'invoices_overdue' ? 'overdue' : 'open'}` };
    return { key: `${kind} ${currency}`, sentence: sentences[kind], action: count === 1 ? one : many };
  }

  function ofLimit({ kind, feature, used, limit, policy }: Of<LimitKind>): Told {
    const facts = { feature: feature.name[locale], unit: feature.unit[locale], used: quantity(used), limit: quantity(limit) };
    const over = { ...facts, over: quantity((BigInt(used) - BigInt(limit)).toString()) };
    const sentences: Record<LimitKind, string> = {
      limit_reached: text('limitReached', facts),
      limit_near: text('limitNear', facts),
      limit_passed: text(policy === 'overage' ? 'limitPassedCharged' : 'limitPassed', over),
    };
    const toUsage = { label: text('viewUsage'), href: `/usage?chart=${feature.key}` };
    return { key: `${kind} ${feature.key}`, sentence: sentences[kind], action: kind !== 'limit_passed' && may.changePlan ? planAction(text('seeOptions')) : toUsage };
  }

  function ofPlan(item: Exclude<AttentionDto, { kind: InvoiceKind | LimitKind }>): Omit<Told, 'key'> {
    switch (item.kind) {
      case 'plan_past_due':
        return { sentence: text('planPastDue', { plan: item.plan[locale] }), action: toPlan };
      case 'method_expired':
        return { sentence: text('methodExpired', { method: item.label }), action: methodAction };
      case 'method_expiring': {
        const lastMoment = new Date(new Date(item.at).getTime() - 1).toISOString();
        return { sentence: text('methodExpiring', { method: item.label, month: formatDate(lastMoment, locale, 'UTC', 'month') }), action: methodAction };
      }
      case 'trial_ending':
        return { sentence: text(item.lapses ? 'trialLapses' : 'trialEnding', { plan: item.plan[locale], date: date(item.at) }), action: item.lapses ? methodAction : toPlan };
      case 'plan_paused': {
        const plan = item.plan[locale];
        return { sentence: item.resumesAt === null ? text('paused', { plan }) : text('pausedUntil', { plan, date: date(item.resumesAt) }), action: planAction(text('resume')) };
      }
      case 'cancellation_scheduled':
        return { sentence: text('cancellation', { plan: item.plan[locale], date: date(item.at) }), action: planAction(text('keep')) };
      case 'change_scheduled':
        return { sentence: text('change', { plan: item.plan[locale], to: item.to[locale], date: date(item.at) }), action: planAction(text('reviewChange')) };
      case 'alerts_unread':
        return { sentence: text('alertsUnread', { count: item.count }), action: { label: text('viewAlerts'), href: '/alerts' } };
      case 'no_plan':
        return { sentence: text('noPlan'), action: planAction(text('choosePlan')) };
    }
  }

  return (item) => {
    if (isOf(item, 'invoices_')) return ofInvoices(item as Of<InvoiceKind>);
    if (isOf(item, 'limit_')) return ofLimit(item as Of<LimitKind>);
    return { key: item.kind, ...ofPlan(item as Exclude<AttentionDto, { kind: InvoiceKind | LimitKind }>) };
  };
}
