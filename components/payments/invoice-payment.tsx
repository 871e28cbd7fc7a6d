'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useNotify } from '@/components/ui/toast';
import { formatMoney } from '@/lib/i18n/format';
import { PayForm, type PayFormProps } from './pay-form';

export { prepareFields } from './pay-with';

export interface InvoicePaymentProps extends Omit<PayFormProps, 'onPaid' | 'onOverlay'> {
  /** Whether the keyboard goes on here, after the button that was pressed has gone. */
  takesFocus?: boolean;
}

/** The way to pay that is chosen, so that the arrow keys choose another; the form itself while nothing is to choose. */
function focusForm(form: HTMLElement | null): void {
  const target = form?.querySelector<HTMLElement>('input:checked') ?? form;
  target?.focus();
}

/** The ways to pay an invoice, and how far its payment is. Loaded when somebody wants to pay. */
export function InvoicePayment({ takesFocus, ...props }: InvoicePaymentProps) {
  const text = useTranslations('pay');
  const notify = useNotify();
  const amount = formatMoney(props.due, useLocale());
  return (
    <div ref={takesFocus ? focusForm : undefined} tabIndex={-1} className="outline-none">
      <PayForm {...props} onPaid={() => notify.success(text('paidTitle', { amount }))} />
    </div>
  );
}
