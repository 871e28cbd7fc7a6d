import { useLocale, useTimeZone } from 'next-intl';
import { formatCalendarDate, formatCost, formatDate, formatMoney, formatPeriod, formatQuantity, formatUnitPrice, type DateStyle, type MoneyDto, type PeriodDto } from '@/lib/i18n/format';

// Server and browser may carry different versions of the locale data (a thin space here, a plain one there);
// the server's text stands, hence suppressHydrationWarning.

/** An amount in the reader's language. `sign` writes a plus before credits, `compact` shortens (1.2M). */
export function Money({ value, sign, compact }: { value: MoneyDto; sign?: 'auto' | 'always'; compact?: boolean }) {
  return (
    <span className="tabular whitespace-nowrap" suppressHydrationWarning>
      {formatMoney(value, useLocale(), { sign, compact })}
    </span>
  );
}

/** A price for one unit with all its decimals. */
export function UnitPrice({ amount, currency }: { amount: string; currency: string }) {
  return (
    <span className="tabular whitespace-nowrap" suppressHydrationWarning>
      {formatUnitPrice({ amount, currency }, useLocale())}
    </span>
  );
}

/** What something cost, given as an exact decimal in major units, with four decimals. */
export function Cost({ amount, currency }: { amount: string; currency: string }) {
  return (
    <span className="tabular whitespace-nowrap" suppressHydrationWarning>
      {formatCost({ amount, currency }, useLocale())}
    </span>
  );
}

/** A quantity given as a decimal string; `unit` is a translated word written after it. */
export function Quantity({ value, unit, compact }: { value: string; unit?: string; compact?: boolean }) {
  const locale = useLocale();
  return (
    <span className="tabular whitespace-nowrap" title={compact ? formatQuantity(value, locale) : undefined} suppressHydrationWarning>
      {formatQuantity(value, locale, { compact })}
      {unit && ` ${unit}`}
    </span>
  );
}

/** An instant (ISO string) in the account's time zone. */
export function DateTime({ value, format = 'date' }: { value: string; format?: DateStyle }) {
  return (
    <time dateTime={value} className="whitespace-nowrap" suppressHydrationWarning>
      {formatDate(value, useLocale(), useTimeZone() ?? 'UTC', format)}
    </time>
  );
}

/** A calendar day (`2026-11-21`), the same in every time zone. */
export function CalendarDate({ value, format = 'date' }: { value: string; format?: 'date' | 'day' | 'month' }) {
  return (
    <time dateTime={value} className="whitespace-nowrap" suppressHydrationWarning>
      {formatCalendarDate(value, useLocale(), format)}
    </time>
  );
}

/** A period from its first to its last day; `end` is exclusive, as the engine keeps it. */
export function Period({ value }: { value: PeriodDto }) {
  return (
    <span className="tabular whitespace-nowrap" suppressHydrationWarning>
      {formatPeriod(value, useLocale(), useTimeZone() ?? 'UTC')}
    </span>
  );
}
