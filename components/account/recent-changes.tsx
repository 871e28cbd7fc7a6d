import { useLocale, useTranslations } from 'next-intl';
import { EmptyState } from '../ui/empty-state';
import { Card, Section } from '../ui/section';
import { DateTime } from '../ui/values';
import { profileFields } from './profile-fields';

export interface ChangeDto {
  id: string;
  /** Such as `account.updated`. */
  action: string;
  actor: { kind: 'person' | 'api_key' | 'system'; name: string | null };
  /** What changed, with texts fit to show: `address.city` or `plan` from one to the other. */
  fields: { field: string; before: string; after: string }[];
  /** Of the invoice, where it is about one. */
  number: string | null;
  occurredAt: string;
}

const most = 4;

/** What changed lately, in words. */
export function RecentChanges({ changes }: { changes: readonly ChangeDto[] }) {
  const text = useTranslations('account');
  return (
    <Section title={text('changes')} description={text('changesHint')}>
      <Card padding="none">
        {changes.length === 0 ? (
          <EmptyState title={text('noChanges')} description={text('noChangesHint')} />
        ) : (
          <ol className="@container">
            {changes.map((change) => (
              <li key={change.id} className="flex flex-col gap-x-6 gap-y-0.5 border-b border-line px-4 py-3 last:border-b-0 @lg:flex-row">
                <div className="min-w-0 @lg:flex-1">
                  <Sentence change={change} />
                  <Fields fields={change.fields} />
                  {change.number && <p className="text-sm text-ink-muted">{change.number}</p>}
                </div>
                <span className="text-sm text-ink-muted">
                  <DateTime value={change.occurredAt} format="dateTime" />
                </span>
              </li>
            ))}
          </ol>
        )}
      </Card>
    </Section>
  );
}

function Sentence({ change }: { change: ChangeDto }) {
  const text = useTranslations('account');
  const locale = useLocale();
  const who = change.actor.name ?? text(change.actor.kind === 'system' ? 'actor_system' : 'actor_gone');
  const key = `change_${change.action.replaceAll('.', '_')}` as 'change_other';
  const fields = new Intl.ListFormat(locale, { type: 'conjunction' }).format(change.fields.map(({ field }) => labelOf(field, text)));
  const named = change.action === 'account.updated' && change.fields.length === 0 ? 'change_other' : key;
  return <p>{text.rich(text.has(named) ? named : 'change_other', { who, fields, b: (chunks) => <span className="font-medium">{chunks}</span> })}</p>;
}

function labelOf(field: string, text: ReturnType<typeof useTranslations<'account'>>): string {
  if (field === 'plan') return text('field_plan');
  const known = (profileFields as readonly string[]).includes(field);
  return known ? text(`field_${field.replace('address.', '') as 'name'}`) : field;
}

function Fields({ fields }: { fields: ChangeDto['fields'] }) {
  const text = useTranslations('account');
  const none = <span className="text-ink-faint">{text('emptyValue')}</span>;
  return (
    <>
      {fields.slice(0, most).map(({ field, before, after }) => (
        <p key={field} className="text-sm text-ink-muted">
          {text.rich('fieldChange', { field: labelOf(field, text), before: () => before || none, after: () => after || none })}
        </p>
      ))}
      {fields.length > most && <p className="text-sm text-ink-muted">{text('moreFields', { count: fields.length - most })}</p>}
    </>
  );
}
