'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Card, Section } from '@/components/ui/section';
import { useNotify } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';
import { formatMoney, type MoneyDto } from '@/lib/i18n/format';
import { PayWith } from './pay-with';
import { PaymentProgress } from './payment-progress';
import type { GatewayView, MethodActions, MethodView, PaymentView } from './types';
import { isChoosing, usePayment, type PaymentRequest } from './use-payment';

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

/** Pays an invoice, and says at every moment how far that is. */
export function PayInvoice({ invoiceId, due, gateway, methods, first, actions }: PayInvoiceProps) {
  const text = useTranslations('pay');
  const amount = formatMoney(due, useLocale());
  const notify = useNotify();
  const payment = usePayment({
    key: invoiceId,
    gateway,
    first,
    pay: (request) => actions.pay({ invoiceId, ...request }),
    read: () => actions.read({ invoiceId }),
    onPaid: () => notify.success(text('paidTitle', { amount })),
  });

  return (
    <Section title={text('payTitle')}>
      <div id="pay" className="flex scroll-mt-20 flex-col gap-3 print:hidden">
        <PaymentProgress payment={payment} amount={amount} />
        {isChoosing(payment) && (
          <Card>
            <PayWith
              amount={amount}
              gateway={gateway}
              methods={methods}
              methodActions={actions}
              openCheckout={gateway.checkout.includes('payment') ? () => actions.checkout({ invoiceId }) : undefined}
              onPay={payment.pay}
            />
          </Card>
        )}
      </div>
    </Section>
  );
}
