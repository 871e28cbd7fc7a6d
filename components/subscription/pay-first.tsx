'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { formatDate } from '@/lib/i18n/format';
import { PayForm } from '../payments/pay-form';
import type { PaymentView } from '../payments/types';
import type { AwaitedDto, Paying } from './types';

/** The invoice of a change that happens once it is paid, until when it may be, and where its payment stands. */
export interface Owed {
  invoice: AwaitedDto['invoice'];
  until: string;
  payment: PaymentView;
}

interface PayFirstProps {
  owed: Owed;
  /** Whether it is the first plan of the account. */
  isFirst: boolean;
  paying: Paying;
  onPaid: () => void;
  onOverlay: (open: boolean) => void;
}

/** Pays for a change of plan, which happens in the same moment. */
export function PayFirst({ owed: { invoice, until, payment }, isFirst, paying, onPaid, onOverlay }: PayFirstProps) {
  const text = useTranslations('subscription');
  const subscribing = useTranslations('subscribing');
  const terms = { number: invoice.number ?? '', time: formatDate(until, useLocale(), useTimeZone() ?? 'UTC', 'time') };
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-ink-muted">{isFirst ? subscribing('payFirstText', terms) : text('payFirstText', terms)}</p>
      <PayForm {...paying} invoiceId={invoice.id} due={{ minor: invoice.dueMinor, currency: invoice.currency }} first={payment} onPaid={onPaid} onOverlay={onOverlay} />
    </div>
  );
}
