'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Card, Section } from '@/components/ui/section';
import { Spinner } from '@/components/ui/spinner';
import { useNotify } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';
import { formatMoney, type MoneyDto } from '@/lib/i18n/format';
import { PayWith } from './pay-with';
import type { GatewayView, MethodActions, MethodView, PaymentView } from './types';
import { usePayment, type PaymentRequest } from './use-payment';
import { useProblem } from './use-problem';

export interface PayInvoiceProps {
  invoiceId: string;
  /** Still to pay. */
  due: MoneyDto;
  gateway: GatewayView;
  methods: readonly MethodView[];
  /** Where the payment of the invoice stood when the page was made. */
  first: PaymentView;
  actions: MethodActions & {
    pay: (input: { invoiceId: string } & PaymentRequest) => Promise<ActionResult<PaymentView>>;
    read: (input: { invoiceId: string }) => Promise<ActionResult<PaymentView>>;
    checkout: (input: { invoiceId: string }) => Promise<ActionResult<{ url: string | null }>>;
  };
}

function Progress({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Notice tone="accent" title={title} action={<Spinner />}>
      {children}
    </Notice>
  );
}

/** Pays an invoice, and says at every moment how far that is. */
export function PayInvoice({ invoiceId, due, gateway, methods, first, actions }: PayInvoiceProps) {
  const text = useTranslations('pay');
  const reasons = useTranslations('payments');
  const amount = formatMoney(due, useLocale());
  const notify = useNotify();
  const problemOf = useProblem();
  const { phase, view, problem, isStale, pay, chooseAgain } = usePayment({
    key: invoiceId,
    gateway,
    first,
    pay: (request) => actions.pay({ invoiceId, ...request }),
    read: () => actions.read({ invoiceId }),
    onPaid: () => notify.success(text('paidTitle', { amount })),
  });
  const { paymentMethodId } = view;

  return (
    <Section title={text('payTitle')}>
      <div id="pay" className="flex scroll-mt-20 flex-col gap-3 print:hidden">
        <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
          {problem && (
            <Notice tone="negative" urgent title={text('refusedTitle')}>
              {problemOf(problem)}
            </Notice>
          )}
          {phase === 'paying' && <Progress title={text('paying', { amount })}>{text('payingText')}</Progress>}
          {phase === 'confirming' && <Progress title={text('confirming')}>{text('confirmingText')}</Progress>}
          {phase === 'processing' && <Progress title={text('processing')}>{text(isStale ? 'processingStale' : 'processingText')}</Progress>}
          {phase === 'unconfirmed' && (
            <Notice
              tone="warning"
              title={text('unconfirmed')}
              action={
                <span className="flex flex-wrap gap-2">
                  <Button onClick={chooseAgain}>{text('payOtherwise')}</Button>
                  {paymentMethodId && (
                    <Button variant="primary" onClick={() => pay(paymentMethodId)}>
                      {text('confirm')}
                    </Button>
                  )}
                </span>
              }
            >
              {text('unconfirmedText', { amount })}
            </Notice>
          )}
          {phase === 'failed' && (
            <Notice tone="negative" title={text('failedTitle')}>
              {text('failedText', { reason: reasons(`reason.${view.failureCode ?? 'declined'}`) })}
            </Notice>
          )}
          {phase === 'choosing' && view.isOnProviderPage && <Notice title={text('returnOpen')}>{text('returnOpenText')}</Notice>}
          {phase === 'paid' && (
            <Notice tone="positive" title={text('paidTitle', { amount })}>
              {text('paidText')}
            </Notice>
          )}
        </div>
        {(phase === 'choosing' || phase === 'failed') && (
          <Card>
            <PayWith
              amount={amount}
              gateway={gateway}
              methods={methods}
              methodActions={actions}
              openCheckout={gateway.checkout.includes('payment') ? () => actions.checkout({ invoiceId }) : undefined}
              onPay={pay}
            />
          </Card>
        )}
      </div>
    </Section>
  );
}
