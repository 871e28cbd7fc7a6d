import { minorDigits } from './currencies';

/** Money as it travels to a page: whole minor units in a decimal string, since they may pass 2^53. */
export interface MoneyDto {
  minor: string;
  currency: string;
}

/** A stretch of time, ISO instants; `end` is the first instant after it. */
export interface PeriodDto {
  start: string;
  end: string;
}

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const known = numberFormats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, options);
  numberFormats.set(key, format);
  return format;
}

// Intl formats decimal strings digit by digit, so no value here ever becomes a float; its type asks for a literal.
function exact(format: Intl.NumberFormat, decimal: string): string {
  return format.format(decimal as Intl.StringNumericLiteral);
}

/**
 * An amount with its currency sign, always with the currency's own number of decimals.
 * @param options `sign: 'always'` writes a plus too (credits); `compact` shortens large amounts (1.2M).
 */
export function formatMoney(money: MoneyDto, locale: string, options: { sign?: 'auto' | 'always'; compact?: boolean } = {}): string {
  const digits = minorDigits(money.currency);
  const format = numberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    signDisplay: options.sign === 'always' ? 'exceptZero' : 'negative',
    ...(options.compact ? { notation: 'compact', maximumFractionDigits: 1 } : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  });
  return exact(format, `${money.minor}e-${digits}`);
}

/** A price for one unit, an exact decimal in major units (`"0.0000125"`), with as many decimals as it has. */
export function formatUnitPrice(price: { amount: string; currency: string }, locale: string): string {
  const digits = minorDigits(price.currency);
  return exact(
    numberFormat(locale, { style: 'currency', currency: price.currency, minimumFractionDigits: digits, maximumFractionDigits: 20 }),
    price.amount,
  );
}

/** What something cost, an exact decimal in major units: with four decimals, since tokens cost little, and always four, so that costs line up. */
export function formatCost(cost: { amount: string; currency: string }, locale: string): string {
  const digits = Math.max(4, minorDigits(cost.currency));
  return exact(numberFormat(locale, { style: 'currency', currency: cost.currency, minimumFractionDigits: digits, maximumFractionDigits: digits }), cost.amount);
}

/** A quantity given as a decimal string; `compact` shortens large ones (12K, 1.2万). */
export function formatQuantity(quantity: string, locale: string, options: { compact?: boolean } = {}): string {
  return exact(numberFormat(locale, options.compact ? { notation: 'compact', maximumFractionDigits: 1 } : { maximumFractionDigits: 20 }), quantity);
}

/** A share of one (`0.125` is 12.5 %) with at most one decimal; `aligned` with exactly one, for the column of a table. */
export function formatShare(share: number, locale: string, options: { aligned?: boolean } = {}): string {
  return numberFormat(locale, { style: 'percent', minimumFractionDigits: options.aligned ? 1 : 0, maximumFractionDigits: 1 }).format(share);
}

export type DateStyle = 'date' | 'dateTime' | 'day' | 'month' | 'time';

const dateStyles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  date: { year: 'numeric', month: 'short', day: 'numeric' },
  dateTime: { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { month: 'short', day: 'numeric' },
  month: { year: 'numeric', month: 'long' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
};

/** An ISO instant as a reader in `timeZone` writes it. */
export function formatDate(instant: string, locale: string, timeZone: string, style: DateStyle = 'date'): string {
  return new Intl.DateTimeFormat(locale, { ...dateStyles[style], timeZone }).format(new Date(instant));
}

/** A calendar date without a time (`2026-11-21`): the same day in every time zone. */
export function formatCalendarDate(date: string, locale: string, style: 'date' | 'day' | 'month' = 'date'): string {
  return formatDate(`${date}T00:00:00Z`, locale, 'UTC', style);
}

/** A period by its first and last day; the exclusive end belongs to the next one. */
export function formatPeriod(period: PeriodDto, locale: string, timeZone: string): string {
  const lastInstant = new Date(new Date(period.end).getTime() - 1);
  if (!locale.startsWith('zh')) return new Intl.DateTimeFormat(locale, { ...dateStyles.date, timeZone }).formatRange(new Date(period.start), lastInstant);
  // Intl writes Chinese ranges with slashes, unlike every other date of the page.
  const first = formatDate(period.start, locale, timeZone);
  const last = formatDate(lastInstant.toISOString(), locale, timeZone);
  if (first === last) return first;
  const year = /^\d+年/.exec(first)?.[0] ?? '';
  return `${first} – ${last.startsWith(year) ? last.slice(year.length) : last}`;
}
