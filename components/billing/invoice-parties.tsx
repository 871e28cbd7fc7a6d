import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addressLines, countryName } from '@/lib/i18n/address';
import type { InvoiceView } from './invoice-view';

function Party({ head, name, lines }: { head: ReactNode; name: string; lines: readonly string[] }) {
  return (
    <div className="min-w-0">
      <h2 className="text-xs text-ink-muted">{head}</h2>
      <p className="mt-1 font-medium [overflow-wrap:anywhere]">{name}</p>
      <address className="text-sm text-ink-muted not-italic [overflow-wrap:anywhere]">
        {lines.map((line, index) => (
          <span key={index} className="block">
            {line}
          </span>
        ))}
      </address>
    </div>
  );
}

/** Who issued the invoice and who it is for, as both were on that day. */
export function InvoiceParties({ seller, customer }: Pick<InvoiceView, 'seller' | 'customer'>) {
  const text = useTranslations('billing');
  const locale = useLocale();
  const taxId = (id: string) => (id === '' ? [] : [text('taxId', { id })]);
  return (
    <div className="grid gap-6 sm:grid-cols-2 print:grid-cols-2">
      <Party
        head={text('from')}
        name={seller.legalName}
        lines={[...seller.addressLines, countryName(seller.country, locale), seller.email, ...taxId(seller.taxId)]}
      />
      <Party
        head={text('billTo')}
        name={customer.name}
        lines={[...(customer.contactName === '' ? [] : [customer.contactName]), ...addressLines(customer.address, locale), customer.email, ...taxId(customer.taxId), ...(customer.purchaseOrder === '' ? [] : [text('purchaseOrder', { reference: customer.purchaseOrder })])]}
      />
    </div>
  );
}
