import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import { DateTime } from '../ui/values';
import { differencesOf, type FieldDifference } from './difference';
import { PortalLink } from '../ui/portal-link';

export interface ChangeDto {
  id: string;
  /** Such as `account.updated`. */
  action: string;
  actor: { kind: 'person' | 'api_key' | 'system'; id: string; name: string | null };
  subject: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  occurredAt: string;
  requestId: string;
}

interface ChangeRowProps {
  change: ChangeDto;
  /** The currency of amounts that name none. */
  currency: string;
  /** The address of all changes of the same thing. */
  subjectHref: string;
}

/** One change in a sentence; opened, every field from what it was to what it is. */
export function ChangeRow({ change, currency, subjectHref }: ChangeRowProps) {
  const text = useTranslations('auditLog');
  const differences = differencesOf(change.before, change.after);
  const amounts = String(change.after.currency ?? change.before.currency ?? currency);
  return (
    <li className="@container border-b border-line last:border-b-0">
      <details className="group">
        <summary className="flex cursor-pointer list-none flex-col gap-x-6 gap-y-0.5 px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2 @lg:flex-row @lg:items-baseline [&::-webkit-details-marker]:hidden">
          <span className="flex min-w-0 items-baseline gap-2 @lg:flex-1">
            <svg viewBox="0 0 16 16" aria-hidden="true" className="size-3 shrink-0 self-center text-ink-muted transition-transform group-open:rotate-90">
              <path d="m6 3.5 4.5 4.5L6 12.5" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" />
            </svg>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <Sentence change={change} />
            </span>
          </span>
          <span className="pl-5 text-sm text-ink-muted @lg:pl-0">
            <DateTime value={change.occurredAt} format="dateTime" />
          </span>
        </summary>
        <div className="flex flex-col gap-3 px-4 pb-4 pl-9 text-sm">
          {differences.length > 0 && <Differences differences={differences} currency={amounts} />}
          <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
            <span>
              {text('actionLabel')} <code className="font-mono">{change.action}</code>
            </span>
            <span className="[overflow-wrap:anywhere]">
              {text('subjectLabel')} <code className="font-mono">{change.subject}</code>
            </span>
            <span className="[overflow-wrap:anywhere]">
              {text('requestLabel')} <code className="font-mono">{change.requestId}</code>
            </span>
            <PortalLink href={subjectHref} className="font-medium text-accent-ink hover:underline">
              {text('onlyThis')}
            </PortalLink>
          </p>
        </div>
      </details>
    </li>
  );
}

/** Who acted, in words. */
export function useActorName(): (actor: ChangeDto['actor']) => string {
  const text = useTranslations('auditLog');
  return ({ kind, name }) => name ?? text(`actor_${kind}`);
}

function Sentence({ change }: { change: ChangeDto }) {
  const account = useTranslations('account');
  const actorName = useActorName();
  const locale = useLocale();
  const fieldName = useFieldName();
  const differences = differencesOf(change.before, change.after);
  const fields = new Intl.ListFormat(locale, { type: 'conjunction' }).format(differences.map(({ path }) => fieldName(path)));
  const key = `change_${change.action.replaceAll('.', '_')}` as 'change_other';
  const values = { who: actorName(change.actor), fields, b: (chunks: React.ReactNode) => <span className="font-medium">{chunks}</span> };
  if (account.has(key)) return account.rich(key, values);
  return (
    <>
      {account.rich('change_other', values)} <code className="font-mono text-xs text-ink-muted">{change.action}</code>
    </>
  );
}

/** The name of a field; one without words of its own is written as people would: `unitCount` is "Unit count". */
function useFieldName(): (path: string) => string {
  const text = useTranslations('auditLog.fields');
  return (path) => {
    const name = (path.split('.').at(-1) ?? path).replace(/Minor$/, '');
    const key = name as 'name';
    if (text.has(key)) return text(key);
    const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase();
    return words.charAt(0).toUpperCase() + words.slice(1);
  };
}

function Differences({ differences, currency }: { differences: readonly FieldDifference[]; currency: string }) {
  const text = useTranslations('auditLog');
  const fieldName = useFieldName();
  const hasBefore = differences.some(({ before }) => before !== undefined);
  return (
    <dl className="grid grid-cols-1 gap-y-2 sm:grid-cols-[minmax(7rem,max-content)_1fr] sm:gap-x-6 sm:gap-y-1">
      {differences.map(({ path, before, after }) => (
        <div key={path} className="contents">
          <dt className="text-ink-muted max-sm:-mb-2">{fieldName(path)}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">
            {hasBefore && (
              <>
                <span className="sr-only">{text('before')} </span>
                <del className="text-ink-muted decoration-ink-faint">
                  <Value path={path} value={before} currency={currency} />
                </del>
                <span aria-hidden="true" className="px-1.5 text-ink-muted">
                  →
                </span>
                <span className="sr-only">{text('after')} </span>
              </>
            )}
            <ins className="no-underline">
              <Value path={path} value={after} currency={currency} />
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text);

/** A value as a person writes it: money, moments, yes and no, lists. */
function Value({ path, value, currency }: { path: string; value: unknown; currency: string }) {
  const text = useTranslations('auditLog');
  const shell = useTranslations('shell');
  const subscription = useTranslations('subscription');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  function written(one: unknown): string {
    if (one === undefined || one === null || one === '') return text('nothing');
    if (typeof one === 'boolean') return text(one ? 'yes' : 'no');
    if (typeof one === 'object') return Array.isArray(one) ? one.map(written).join(', ') : JSON.stringify(one);
    const plain = String(one as string | number);
    const role = `role_${plain}` as 'role_owner';
    if (path === 'role' && shell.has(role)) return shell(role);
    const cause = `cancelCause_${plain}` as 'cancelCause_other';
    if (path === 'cancellationCause' && subscription.has(cause)) return subscription(cause);
    if (path.endsWith('Minor') && /^-?\d+$/.test(plain)) return formatMoney({ minor: plain, currency }, locale);
    return isInstant(plain) ? formatDate(plain, locale, timeZone, 'dateTime') : plain;
  }
  return <span suppressHydrationWarning>{written(value)}</span>;
}
