import { useFormatter, useLocale, useTimeZone, useTranslations } from 'next-intl';
import { FigureRow, StatFigure } from '@/components/ui/figure';
import { Cost, Money } from '@/components/ui/values';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import type { MoneyDto, SpendingDto } from './types';

/** What the period costs so far, what it is expected to come to, what is charged next, and the credit that is left. */
export function MoneyFigures({ money }: { money: MoneyDto }) {
  const text = useTranslations('overview');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const list = useFormatter();
  const { spending, credit } = money;
  const [own] = credit;
  const balances = credit.filter(({ availableMinor }, index) => index === 0 || availableMinor !== '0');
  const expiry = own?.nextExpiry;
  return (
    <div data-testid="money">
      <FigureRow>
        {spending && <SpendingFigures spending={spending} />}
        <StatFigure
          label={text('credit')}
          value={
            <span suppressHydrationWarning>{list.list(balances.map(({ availableMinor, currency }) => formatMoney({ minor: availableMinor, currency }, locale)))}</span>
          }
          hint={own && expiry && text('creditExpires', { amount: formatMoney({ minor: expiry.amountMinor, currency: own.currency }, locale), date: formatDate(expiry.at, locale, timeZone, 'day') })}
        />
      </FigureRow>
    </div>
  );
}

function SpendingFigures({ spending }: { spending: SpendingDto }) {
  const text = useTranslations('overview');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const { currency, feesMinor, usageMinor, next, forecast, modelCost } = spending;
  const money = (minor: string) => formatMoney({ minor, currency }, locale);
  const on = (instant: string) => formatDate(instant, locale, timeZone, 'day');
  const total = (BigInt(feesMinor) + BigInt(usageMinor)).toString();
  const isCertain = forecast?.lowMinor === forecast?.highMinor;
  return (
    <>
      <StatFigure
        label={text('spent')}
        value={<Money value={{ minor: total, currency }} />}
        hint={<span suppressHydrationWarning>{usageMinor === '0' ? text('beforeTax') : text('spentOf', { fees: money(feesMinor), usage: money(usageMinor) })}</span>}
      />
      <StatFigure
        label={text('forecast')}
        value={forecast ? <Money value={{ minor: forecast.expectedMinor, currency }} /> : text('nothing')}
        hint={
          forecast && (
            <span suppressHydrationWarning>
              {isCertain ? text('forecastCertain') : text('forecastRange', { low: money(forecast.lowMinor), high: money(forecast.highMinor) })}
            </span>
          )
        }
      />
      <StatFigure
        label={text('nextCharge')}
        value={next ? <Money value={{ minor: next.totalMinor, currency }} /> : text('nothing')}
        hint={<span suppressHydrationWarning>{next ? text('nextChargeOn', { date: on(next.at) }) : text('nextChargeNone')}</span>}
      />
      {(Number(modelCost.amount) > 0 || modelCost.unpricedTokens !== '0') && (
        <StatFigure label={text('modelCost')} value={<Cost amount={modelCost.amount} currency={modelCost.currency} />} hint={text('modelCostHint')} />
      )}
    </>
  );
}
