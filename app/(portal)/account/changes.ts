import type { ChangeDto } from '@/components/account/recent-changes';
import { profileFields } from '@/components/account/profile-fields';
import type { Change } from '@/lib/audit/list-changes';
import { countryName } from './choices';

/** A value as a person writes it: `Germany` for DE, `English` for en. */
function shown(field: string, value: unknown, locale: string): string {
  const text = typeof value === 'string' ? value : '';
  if (field === 'address.country' && text) return countryName(text, locale);
  if (field === 'language') return { en: 'English', zh: '简体中文' }[text] ?? text;
  return text;
}

/** A change of the audit log as the page shows it: the fields of a profile one by one, of anything else none. */
export function changeDto({ id, action, actor, before, after, occurredAt }: Change, locale: string): ChangeDto {
  const fields = action === 'account.updated' ? profileFields.filter((field) => field in after) : [];
  return {
    id,
    action,
    actor,
    fields: fields.map((field) => ({ field, before: shown(field, before[field], locale), after: shown(field, after[field], locale) })),
    occurredAt: occurredAt.toISOString(),
  };
}
