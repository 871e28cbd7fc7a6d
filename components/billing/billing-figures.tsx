import { useFormatter, useLocale, useTimeZone, useTranslations } from 'next-intl';
import { FigureRow, StatFigure } from '@/components/ui/figure';
import { Money } from '@/components/ui/values';
import type { OpenAmount } from '@/lib/billing/invoices/list-invoices';
import type { UpcomingInvoice } from '@/lib/billing/workflows/upcoming-invoice';
import type { Plain } from '@/lib/http/plain';
import { formatDate, formatMoney } from '@/lib/i18n/format';

interface BillingFiguresProps {
  open: Plain<OpenAmount>;
  /** Null when no invoice is to come. */
  upcoming: Plain<UpcomingInvoice> | null;
  /** The currency of the account, for an amount of nothing. */
  currency: string;
  /** ISO 8601. */
  now: string;
}

/** What is owed, and what comes next. */
export function BillingFigures({ open, upcoming, currency, now }: BillingFiguresProps) {
  const text = useTranslations('billing');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const list = useFormatter();
  const amounts = open.amounts.length > 0 ? open.amounts : [{ currency, minor: '0' }];
  const due = open.dueAt;
  const openHint =
    open.count === 0 || due === null
      ? text('nothingOpen')
      : text(due < now ? 'overdueInvoices' : 'openInvoices', { count: open.count, date: formatDate(due, locale, timeZone) });
  const usage = upcoming && upcoming.usageMinor !== '0' ? formatMoney({ minor: upcoming.usageMinor, currency: upcoming.currency }, locale) : null;

  return (
    <FigureRow>
      <StatFigure label={text('openAmount')} value={list.list(amounts.map(({ minor, currency: code }) => formatMoney({ minor, currency: code }, locale)))} hint={openHint} />
      <StatFigure
        label={text('nextInvoice')}
        value={upcoming ? <Money value={{ minor: upcoming.totalMinor, currency: upcoming.currency }} /> : text('nextInvoiceNone')}
        hint={upcoming ? text(usage === null ? 'nextInvoiceHint' : 'nextInvoiceUsageHint', { date: formatDate(upcoming.at, locale, timeZone), usage: usage ?? '' }) : text('nextInvoiceNoneHint')}
      />
    </FigureRow>
  );
}
