'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Card, Section } from '@/components/ui/section';
import { useNotify } from '@/components/ui/toast';
import { formatMoney } from '@/lib/i18n/format';
import { PayForm, type PayFormProps } from './pay-form';

/** The part of an invoice's page where it is paid. */
export function InvoicePayment(props: Omit<PayFormProps, 'onPaid' | 'onOverlay'>) {
  const text = useTranslations('pay');
  const notify = useNotify();
  const amount = formatMoney(props.due, useLocale());
  return (
    <Section title={text('payTitle')}>
      <div id="pay" className="scroll-mt-20 print:hidden">
        <Card>
          <PayForm {...props} onPaid={() => notify.success(text('paidTitle', { amount }))} />
        </Card>
      </div>
    </Section>
  );
}
