'use client';

import clsx from 'clsx';
import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { useDownload } from './use-download';

type Wanted =
  | { kind: 'invoice' | 'credit_note'; id: string; number: string; format: 'pdf' }
  | { kind: 'invoice'; id: string; number: string; format: 'csv' };

function addressOf({ kind, id, format }: Wanted, locale: string): string {
  if (format === 'csv') return `/api/v1/billing/invoices/${id}/export?format=csv&language=${locale}`;
  return `/api/portal/${kind === 'invoice' ? 'invoices' : 'credit-notes'}/${id}/pdf?language=${locale}`;
}

/**
 * Downloads an invoice or credit note in the reader's language. `number` is what people know it by and names the file too.
 * `inTable`: small, and no more than its sign where the table is narrow.
 */
export function DownloadButton({ inTable, ...wanted }: Wanted & { inTable?: boolean }) {
  const text = useTranslations('billing');
  const locale = useLocale();
  const download = useDownload();
  const { format, number } = wanted;
  return (
    <Button
      size={inTable ? 'small' : undefined}
      icon={<Download aria-hidden="true" size={14} />}
      aria-label={text(format === 'pdf' ? 'downloadNamed' : 'exportLinesNamed', { number })}
      onClick={() => download({ address: addressOf(wanted, locale), fileName: `${number}.${format}`, name: number })}
    >
      <span className={clsx(inTable && '@max-xl:hidden')}>{text(format === 'pdf' ? 'download' : 'exportLines')}</span>
    </Button>
  );
}
