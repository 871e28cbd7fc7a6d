'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { useDownload } from './use-download';

/** Downloads the list as it is filtered. `status` empty: all. */
export function ExportButton({ status }: { status: string }) {
  const text = useTranslations('billing');
  const download = useDownload();
  const search = new URLSearchParams({ format: 'csv', ...(status !== '' && { status }) });
  return (
    <Button
      icon={<Download aria-hidden="true" size={14} />}
      aria-label={text('exportListNamed')}
      onClick={() => download({ address: `/api/v1/billing/invoices/export?${search}`, fileName: 'invoices.csv', name: text('exportListFile') })}
    >
      {text('exportLines')}
    </Button>
  );
}
