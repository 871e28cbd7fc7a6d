import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { Card, Section } from '@/components/ui/section';
import { AddMethod, type AddMethodProps } from './add-method';
import { MethodTable, type MethodTableProps } from './method-table';
import type { GatewayView, MethodView } from './types';

interface PaymentMethodsProps {
  /** Null: there is none, and invoices are paid in other ways. */
  gateway: GatewayView | null;
  methods: readonly MethodView[];
  /** Null for who may only look. */
  actions: (AddMethodProps['actions'] & NonNullable<MethodTableProps['actions']>) | null;
}

/** What the account pays with. */
export function PaymentMethods({ gateway, methods, actions }: PaymentMethodsProps) {
  const text = useTranslations('pay');
  const charged = methods.find(({ isDefault }) => isDefault);
  const add = gateway && actions && <AddMethod gateway={gateway} actions={actions} variant={methods.length === 0 ? 'primary' : 'secondary'} />;
  return (
    <Section title={text('methods')} description={text(gateway ? 'methodsHint' : 'noGateway')} actions={methods.length > 0 && add}>
      {charged?.expiring && (
        <Notice tone={charged.expiring === 'expired' ? 'negative' : 'warning'} title={text('expiringTitle', { label: charged.label, state: charged.expiring })}>
          {text('expiringText')}
        </Notice>
      )}
      {charged && !charged.isChargeable && (
        <Notice tone="warning" title={text('notChargedTitle', { label: charged.label })}>
          {text('notChargedText')}
        </Notice>
      )}
      {(gateway || methods.length > 0) && (
        <Card padding="none">
          {methods.length > 0 ? <MethodTable methods={methods} actions={actions} /> : <EmptyState title={text('noMethodsTitle')} description={text('noMethods')} action={add} />}
        </Card>
      )}
    </Section>
  );
}
