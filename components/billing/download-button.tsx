'use client';

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { useErrorText, useNotify } from '@/components/ui/toast';

/** A failed answer of the API. */
class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

async function fetchFile(address: string): Promise<Blob> {
  const response = await fetch(address);
  if (response.ok) return response.blob();
  const envelope: unknown = await response.json().catch(() => null);
  const code = typeof envelope === 'object' && envelope !== null && 'code' in envelope ? String(envelope.code) : 'internal';
  throw new Refusal(code);
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

interface DownloadButtonProps {
  invoiceId: string;
  /** The number that people know the invoice by; it names the file too. */
  number: string;
  format: 'pdf' | 'csv';
  size?: 'small';
}

/** Downloads an invoice in the reader's language: shows that it works, and a failure with a way to try again. */
export function DownloadButton({ invoiceId, number, format, size }: DownloadButtonProps) {
  const text = useTranslations('billing');
  const locale = useLocale();
  const notify = useNotify();
  const errorText = useErrorText();
  const address = format === 'pdf' ? `/api/portal/invoices/${invoiceId}/pdf?language=${locale}` : `/api/v1/billing/invoices/${invoiceId}/export?format=csv&language=${locale}`;

  async function download(): Promise<void> {
    try {
      save(await fetchFile(address), `${number}.${format}`);
    } catch (error) {
      const reason = error instanceof Refusal ? errorText(error.code) : text('downloadOffline');
      notify.failure(text('downloadFailed', { number, reason }), { retry: () => void download() });
    }
  }

  return (
    <Button size={size} icon={<Download aria-hidden="true" size={14} />} aria-label={text(format === 'pdf' ? 'downloadNamed' : 'exportLinesNamed', { number })} onClick={download}>
      {text(format === 'pdf' ? 'download' : 'exportLines')}
    </Button>
  );
}
