import type { ChangeDto } from '@/components/account/recent-changes';
import { profileFields } from '@/components/account/profile-fields';
import type { Change } from '@/lib/audit/list-changes';
import type { Plan } from '@/lib/billing/catalog/catalog';
import { countryName } from './choices';

/** A value as a person writes it: `Germany` for DE, `English` for en. */
function shown(field: string, value: unknown, locale: string): string {
  const text = typeof value === 'string' ? value : '';
  if (field === 'address.country' && text) return countryName(text, locale);
  if (field === 'language') return { en: 'English', zh: '简体中文' }[text] ?? text;
  return text;
}

type Fields = ChangeDto['fields'];

function profileChange({ before, after }: Change, locale: string): Fields {
  return profileFields
    .filter((field) => field in after)
    .map((field) => ({ field, before: shown(field, before[field], locale), after: shown(field, after[field], locale) }));
}

/** From which plan to which, where the change is one of plan. */
function planChange({ action, before, after }: Change, locale: string, plans: readonly Plan[]): Fields {
  const nameOf = (key: unknown): string => {
    const plan = plans.find((offered) => offered.key === key);
    return plan ? plan.name[locale === 'zh' ? 'zh' : 'en'] : typeof key === 'string' ? key : '';
  };
  const to = nameOf(action === 'subscription.downgrade_scheduled' ? after.pendingPlan : after.plan);
  const from = nameOf(before.plan);
  return to && to !== from ? [{ field: 'plan', before: from, after: to }] : [];
}

/** A change of the audit log as the page shows it. */
export function changeDto(change: Change, locale: string, plans: readonly Plan[]): ChangeDto {
  const { id, action, actor, after, occurredAt } = change;
  const isProfile = action === 'account.updated';
  return {
    id,
    action,
    actor,
    fields: isProfile ? profileChange(change, locale) : action.startsWith('subscription.') ? planChange(change, locale, plans) : [],
    number: /^(invoice|credit_note)\./.test(action) && typeof after.number === 'string' ? after.number : null,
    occurredAt: occurredAt.toISOString(),
  };
}
