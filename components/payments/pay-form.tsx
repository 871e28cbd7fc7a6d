'use client';

import { useLocale } from 'next-intl';
import type { ActionResult } from '@/lib/http/action';
import { formatMoney, type MoneyDto } from '@/lib/i18n/format';
import { PayWith } from './pay-with';
import { PaymentProgress } from './payment-progress';
import type { GatewayView, MethodActions, MethodView, PaymentView } from './types';
import { isChoosing, usePayment, type PaymentRequest } from './use-payment';

export interface PayFormProps {
  invoiceId: string;
  /** Still to pay. */
  due: MoneyDto;
  gateway: GatewayView;
  methods: readonly MethodView[];
  /** Where the payment of the invoice stood when the page was made. */
  first: PaymentView;
  actions: PayActions;
  /** A stored method to charge at once: the button that says so was pressed. */
  atOnce?: string;
  onPaid: () => void;
  /** True while a bank may lay something over the page. */
  onOverlay?: (open: boolean) => void;
}

export type PayActions = MethodActions & {
  pay: (input: { invoiceId: string } & PaymentRequest) => Promise<ActionResult<PaymentView>>;
  read: (input: { invoiceId: string }) => Promise<ActionResult<PaymentView>>;
  checkout: (input: { invoiceId: string; gateway: string }) => Promise<ActionResult<{ url: string | null; checkoutId: string }>>;
};

/** Pays an invoice, and says at every moment how far that is. */
export function PayForm({ invoiceId, due, gateway, methods, first, actions, atOnce, onPaid, onOverlay }: PayFormProps) {
  const amount = formatMoney(due, useLocale());
  const payment = usePayment({
    key: invoiceId,
    gateway,
    first,
    atOnce,
    pay: (request) => actions.pay({ invoiceId, ...request }),
    read: () => actions.read({ invoiceId }),
    onPaid,
    onOverlay,
  });
  return (
    <div className="flex flex-col gap-3">
      <PaymentProgress payment={payment} amount={amount} />
      {isChoosing(payment) && (
        <PayWith
          amount={amount}
          gateway={gateway}
          methods={methods}
          methodActions={actions}
          openCheckout={(where) => actions.checkout({ invoiceId, ...where })}
          onPay={payment.pay}
          {...(onOverlay && { onOverlay })}
        />
      )}
    </div>
  );
}
