'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Card, Section } from '@/components/ui/section';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import { WaysSkeleton } from './fields-skeleton';
import type { InvoicePaymentProps } from './invoice-payment';
import { MethodLine } from './method-line';
import { phaseOf } from './payment-phase';
import { isUsable, pagesFor } from './types';

const load = () => import('./invoice-payment');
const InvoicePayment = dynamic(() => load().then((module) => module.InvoicePayment));

/** What the person wants: to charge that stored method at once, or to choose how to pay. */
type Wish = Pick<InvoicePaymentProps, 'atOnce' | 'takesFocus'>;

interface PayInvoiceProps extends Omit<InvoicePaymentProps, keyof Wish> {
  /** ISO instant until which it is to be paid; null: none was set. */
  dueAt: string | null;
  isOverdue: boolean;
  /** Whether the address says that the person wants to pay, or comes back from paying. */
  isWanted: boolean;
}

/**
 * The part of an invoice's page where it is paid: how much, until when, and one press that pays with the stored method or opens
 * the ways to pay. What these take is loaded by that press, unless a payment is under way or has failed: then it is shown at once.
 */
export function PayInvoice({ dueAt, isOverdue, isWanted, ...payment }: PayInvoiceProps) {
  const text = useTranslations('pay');
  const common = useTranslations('common');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const [wish, setWish] = useState<Wish | null>(isWanted ? {} : null);
  const [missed, setMissed] = useState<Wish | null>(null);
  const { due, gateway, methods, first } = payment;
  const amount = formatMoney(due, locale);
  const usable = methods.filter(isUsable);
  const stored = usable.find(({ isDefault }) => isDefault) ?? usable[0];
  const isOpen = wish !== null || phaseOf(first) !== 'choosing' || first.isOnProviderPage;

  async function prepare(): Promise<void> {
    (await load()).prepareFields(gateway);
  }

  async function open(wanted: Wish): Promise<void> {
    setMissed(null);
    await prepare().then(() => setWish(wanted), () => setMissed(wanted));
  }

  // If that fails, the press loads it again.
  const early = () => void prepare().catch(() => undefined);
  return (
    <Section title={text('payTitle')}>
      <div id="pay" className="scroll-mt-20 print:hidden">
        <Card>
          <div className="flex flex-col gap-4">
            <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-4">
              <div>
                <p className="tabular text-2xl font-semibold">{amount}</p>
                {dueAt && <p className={isOverdue ? 'text-sm text-negative-ink' : 'text-sm text-ink-muted'}>{text(isOverdue ? 'overdueSince' : 'dueOn', { date: formatDate(dueAt, locale, timeZone) })}</p>}
              </div>
              {!isOpen && (
                <div className="flex flex-wrap items-center gap-x-4 gap-y-3 max-md:w-full max-md:flex-col max-md:items-stretch" onPointerEnter={early} onFocus={early}>
                  {stored && <MethodLine method={stored} />}
                  <span className="flex gap-2 max-md:flex-col-reverse">
                    <Button variant={stored ? 'secondary' : 'primary'} onClick={() => open({ takesFocus: true })}>
                      {text('choose')}
                    </Button>
                    {stored && (
                      <Button variant="primary" onClick={() => open({ takesFocus: true, atOnce: stored.id })}>
                        {text('payAmount', { amount })}
                      </Button>
                    )}
                  </span>
                </div>
              )}
            </div>
            {missed && (
              <Notice tone="negative" urgent title={text('notOpened')} action={<Button onClick={() => open(missed)}>{common('retry')}</Button>}>
                {text('unreachable')}
              </Notice>
            )}
            {isOpen && (
              <Suspense fallback={<WaysSkeleton ways={methods.length + 1 + pagesFor(gateway, 'payment').length} hasFields={!stored} />}>
                <InvoicePayment {...payment} {...wish} />
              </Suspense>
            )}
          </div>
        </Card>
      </div>
    </Section>
  );
}
