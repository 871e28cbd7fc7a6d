import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { FigureRow, StatFigure } from '@/components/ui/figure';
import { TextLink } from '@/components/ui/navigation';
import { Notice } from '@/components/ui/notice';
import { Card, CardFooter, Section } from '@/components/ui/section';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { DateTime, Money } from '@/components/ui/values';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import type { AutomaticTopUpProps } from './automatic-dialog';
import { AutomaticTopUp } from './automatic-top-up';
import { BuyCredit } from './buy-credit';
import type { BuyCreditProps } from './buy-dialog';
import type { AutomaticView, BalanceView } from './types';

interface CreditSectionProps {
  /** The account's own currency first. */
  balances: readonly BalanceView[];
  automatic: AutomaticView;
  /** A purchase whose payment has not ended; in minor units. */
  pending: { amountMinor: string; currency: string } | null;
  /** Null where nothing can be bought. */
  buying: (BuyCreditProps & { saveAutomatic: AutomaticTopUpProps['save'] }) | null;
}

/** Prepaid credit: how much there is, until when, and how more is bought. */
export function CreditSection({ balances, automatic, pending, buying }: CreditSectionProps) {
  const text = useTranslations('credit');
  const reasons = useTranslations('payments');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const grants = balances.flatMap(({ currency, grants: some }) => some.map((grant) => ({ ...grant, currency })));
  const hint = ({ nextExpiry, currency, availableMinor, owedMinor }: BalanceView): string | undefined => {
    if (owedMinor !== '0') return text('owed', { amount: formatMoney({ minor: owedMinor, currency }, locale) });
    if (nextExpiry) return text('expiresNext', { amount: formatMoney({ minor: nextExpiry.amountMinor, currency }, locale), date: formatDate(nextExpiry.at, locale, timeZone) });
    return availableMinor === '0' ? text('nothing') : text('noExpiry');
  };
  return (
    <Section title={text('title')} description={text('description')} actions={buying && <BuyCredit {...buying} />}>
      {pending && (
        <Notice tone="accent" title={text('pendingTitle', { amount: formatMoney({ minor: pending.amountMinor, currency: pending.currency }, locale) })}>
          {text('pendingText')}
        </Notice>
      )}
      {automatic.enabled && automatic.pausedBy && (
        <Notice tone="warning" title={text('automaticPausedTitle')}>
          {text('automaticPaused', { reason: reasons(`reason.${automatic.pausedBy}`) })}
        </Notice>
      )}
      <FigureRow>
        {balances.map((balance) => (
          <StatFigure key={balance.currency} label={text('available')} value={<Money value={{ minor: (BigInt(balance.availableMinor) - BigInt(balance.owedMinor)).toString(), currency: balance.currency }} />} hint={hint(balance)} />
        ))}
      </FigureRow>
      <Card padding="none">
        {grants.length > 0 && <GrantTable grants={grants} />}
        <Foot isAlone={grants.length === 0}>
          <span>
            <span className="font-medium text-ink">{text('automatic')}</span>
            {' · '}
            <AutomaticText automatic={automatic} />
          </span>
          <span className="flex flex-wrap items-center gap-4">
            <TextLink href="/billing/credit">{text('statement')}</TextLink>
            {buying && <AutomaticTopUp settings={automatic} hasMethod={buying.methods.length > 0} save={buying.saveAutomatic} />}
          </span>
        </Foot>
      </Card>
    </Section>
  );
}

/** The bottom edge of the card, without a line above it where it is all there is. */
function Foot({ isAlone, children }: { isAlone: boolean; children: ReactNode }) {
  if (!isAlone) return <CardFooter>{children}</CardFooter>;
  return <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-2.5 text-sm text-ink-muted">{children}</div>;
}

function AutomaticText({ automatic: { enabled, currency, thresholdMinor, amountMinor, monthlyCeilingMinor } }: { automatic: AutomaticView }) {
  const text = useTranslations('credit');
  const locale = useLocale();
  const show = (minor: string) => formatMoney({ minor, currency }, locale);
  if (!enabled) return text('automaticOff');
  return text('automaticOn', { amount: show(amountMinor), threshold: show(thresholdMinor), ceiling: show(monthlyCeilingMinor) });
}

function GrantTable({ grants }: { grants: readonly (BalanceView['grants'][number] & { currency: string })[] }) {
  const text = useTranslations('credit');
  const locale = useLocale();
  return (
    <Table label={text('grantList')}>
      <TableHeader>
        <ColumnHeader>{text('origin')}</ColumnHeader>
        <ColumnHeader>{text('expires')}</ColumnHeader>
        <ColumnHeader align="end">{text('left')}</ColumnHeader>
      </TableHeader>
      <TableBody>
        {grants.map(({ id, cause, note, leftMinor, amountMinor, currency, expiresAt }) => (
          <Row key={id}>
            <Cell>
              {text(`cause_${cause}`)}
              {note && <span className="block text-xs text-ink-muted [overflow-wrap:anywhere]">{note}</span>}
            </Cell>
            <Cell muted nowrap>
              {expiresAt ? <DateTime value={expiresAt} format="date" /> : text('never')}
            </Cell>
            <Cell align="end">
              <Money value={{ minor: leftMinor, currency }} />
              {leftMinor !== amountMinor && <span className="block text-xs text-ink-muted">{text('of', { amount: formatMoney({ minor: amountMinor, currency }, locale) })}</span>}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
