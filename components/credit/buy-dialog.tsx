'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { AmountField } from '@/components/ui/amount-field';
import { Dialog } from '@/components/ui/dialog';
import type { OpenedBy } from '@/components/ui/dialog-button';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { useNotify } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';
import { formatMoney } from '@/lib/i18n/format';
import { PayWith } from '../payments/pay-with';
import { PaymentProgress } from '../payments/payment-progress';
import { unpaid, type GatewayView, type MethodActions, type MethodView, type PaymentView } from '../payments/types';
import { isChoosing, usePayment, type PaymentRequest } from '../payments/use-payment';
import { isWithin, presetsOf } from './presets';
import type { LimitsView } from './types';

export interface BuyCreditProps {
  gateway: GatewayView;
  methods: readonly MethodView[];
  limits: LimitsView;
  actions: MethodActions & {
    buy: (input: { amountMinor: string } & PaymentRequest) => Promise<ActionResult<PaymentView>>;
    /** Where a purchase stands; `attemptId` of the view names it. */
    readPurchase: (input: { topUpId: string }) => Promise<ActionResult<PaymentView>>;
    openCheckout: (input: { amountMinor: string; gateway: string }) => Promise<ActionResult<{ url: string | null; checkoutId: string }>>;
  };
}

const other = 'other';

/** Buys prepaid credit: how much, how to pay, and how far that is. */
export function BuyDialog({ gateway, methods, limits, actions, open, onOpenChange }: BuyCreditProps & OpenedBy) {
  const text = useTranslations('credit');
  const locale = useLocale();
  const notify = useNotify();
  const { currency } = limits.least;
  const presets = presetsOf(limits);
  const [overlay, setOverlay] = useState(false);
  const [chosen, setChosen] = useState(presets[1] ?? other);
  const [typed, setTyped] = useState<string | null>(null);

  const show = (minor: string): string => formatMoney({ minor, currency }, locale);
  const amountMinor = chosen === other ? typed : chosen;
  const range = { least: show(limits.least.minor), most: show(limits.most.minor) };
  const allowed = amountMinor !== null && isWithin(amountMinor, limits) ? amountMinor : null;

  const amount = show(amountMinor ?? '0');
  const payment = usePayment({
    key: `credit ${amountMinor}`,
    gateway,
    first: unpaid,
    pay: (request) => actions.buy({ amountMinor: amountMinor ?? '0', ...request }),
    read: (topUpId) => actions.readPurchase({ topUpId }),
    onPaid: () => {
      notify.success(text('bought', { amount }));
      onOpenChange(false);
    },
    onOverlay: setOverlay,
  });
  const choosing = isChoosing(payment) || payment.phase === 'paid';

  return (
    <Dialog open={open} onOpenChange={onOpenChange} yields={overlay} title={text('buyTitle')} description={text('buyText')}>
      <div className="flex flex-col gap-4">
        {payment.phase !== 'paid' && <PaymentProgress payment={payment} amount={amount} />}
        {choosing && (
          <>
            <SegmentedControl
              legend={text('amount')}
              name="credit-amount"
              value={chosen}
              onValueChange={setChosen}
              options={[...presets.map((minor) => ({ value: minor, label: show(minor) })), { value: other, label: text('otherAmount') }]}
            />
            {chosen === other && (
              <AmountField
                label={text('otherAmountLabel')}
                currency={currency}
                hint={text('otherAmountHint', range)}
                error={typed !== null && allowed === null ? text('amountOutside', range) : undefined}
                onChange={(amount) => setTyped(amount?.minor ?? null)}
              />
            )}
            {allowed !== null && (
              <PayWith
                amount={amount}
                gateway={gateway}
                methods={methods}
                methodActions={actions}
                openCheckout={(where) => actions.openCheckout({ amountMinor: allowed, ...where })}
                onPay={payment.pay}
                onOverlay={setOverlay}
              />
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
