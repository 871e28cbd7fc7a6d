'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { formatDate } from '@/lib/i18n/format';
import { PayForm } from '../payments/pay-form';
import { unpaid } from '../payments/types';
import type { OutcomeDto, SubscriptionActions } from './types';

/** The invoice of a change that happens once it is paid, and until when it may be. */
export interface Owed {
  invoice: NonNullable<OutcomeDto['invoice']>;
  until: string;
}

interface PayFirstProps {
  owed: Owed;
  paying: NonNullable<SubscriptionActions['paying']>;
  onPaid: () => void;
  onOverlay: (open: boolean) => void;
}

/** Pays for a change of plan, which happens in the same moment. */
export function PayFirst({ owed: { invoice, until }, paying, onPaid, onOverlay }: PayFirstProps) {
  const text = useTranslations('subscription');
  const time = formatDate(until, useLocale(), useTimeZone() ?? 'UTC', 'time');
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-ink-muted">{text('payFirstText', { number: invoice.number ?? '', time })}</p>
      <PayForm {...paying} invoiceId={invoice.id} due={{ minor: invoice.totalMinor, currency: invoice.currency }} first={unpaid} onPaid={onPaid} onOverlay={onOverlay} />
    </div>
  );
}
