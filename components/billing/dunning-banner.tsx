import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { TextLink } from '@/components/ui/navigation';
import { Notice } from '@/components/ui/notice';
import { DateTime, Money } from '@/components/ui/values';
import type { ListedDunning } from '@/lib/billing/payments/list-dunnings';
import type { Plain } from '@/lib/http/plain';
import { payHref } from '../payments/pay-href';

/** Invoices that could not be charged and are being charged again: what went wrong, when the next try is, and how to pay now. */
export function DunningBanner({ dunnings, payable }: { dunnings: readonly Plain<ListedDunning>[]; payable: boolean }) {
  const text = useTranslations('payments');
  const pay = useTranslations('pay');
  const [first] = dunnings;
  return (
    <Notice tone="warning" title={text('banner.title')} action={payable && first && <ButtonLink href={payHref(first.invoiceId)}>{pay('payNow')}</ButtonLink>}>
      <ul className="flex flex-col gap-0.5">
        {dunnings.map(({ invoiceId, invoiceNumber, dueMinor, currency, lastFailureCode, nextAttemptAt }) => (
          <li key={invoiceId}>
            <TextLink href={`/billing/${invoiceId}`}>{invoiceNumber ?? text('banner.open')}</TextLink>
            {' · '}
            <Money value={{ minor: dueMinor, currency }} />
            {' · '}
            {text(`reason.${lastFailureCode}`)} {nextAttemptAt ? text.rich('banner.next', { date: () => <DateTime value={nextAttemptAt} format="date" /> }) : text('banner.under_way')}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
