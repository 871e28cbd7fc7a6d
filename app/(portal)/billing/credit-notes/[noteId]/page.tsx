import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { CreditNotePaper } from '@/components/billing/credit-note-paper';
import { DownloadButton } from '@/components/billing/download-button';
import { PrintButton } from '@/components/billing/print-button';
import { Page, PageHeader } from '@/components/ui/section';
import { requireSession } from '@/lib/auth/session';
import { getCreditNote } from '@/lib/billing/invoices/credit-notes/list-credit-notes';
import { getInvoice } from '@/lib/billing/invoices/list-invoices';
import { DomainError } from '@/lib/core/errors';
import { toPlain } from '@/lib/http/plain';
import { formatMoney } from '@/lib/i18n/format';

/** The credit note of the page's address and its invoice; another account's is not found. */
const requireNote = cache(async (id: string) => {
  const { context } = await requireSession();
  try {
    const note = await getCreditNote(context, id);
    const { seller, customer } = await getInvoice(context, note.invoiceId);
    return { note: toPlain(note), invoice: toPlain({ seller, customer }) };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps<'/billing/credit-notes/[noteId]'>): Promise<Metadata> {
  const { note } = await requireNote((await params).noteId);
  const text = await getTranslations('billing');
  return { title: text('creditNoteTitle', { number: note.number }) };
}

export default async function CreditNotePage({ params }: PageProps<'/billing/credit-notes/[noteId]'>) {
  const { note, invoice } = await requireNote((await params).noteId);
  const text = await getTranslations('billing');
  const total = formatMoney({ minor: note.totalMinor, currency: note.currency }, await getLocale());
  return (
    <Page>
      <PageHeader
        back={{ href: '/billing', label: text('backToInvoices') }}
        title={text('creditNoteTitle', { number: note.number })}
        description={text('creditNoteHeadline', { total, number: note.invoiceNumber })}
        actions={
          <>
            <PrintButton />
            <DownloadButton kind="credit_note" id={note.id} number={note.number} format="pdf" />
          </>
        }
      />
      <CreditNotePaper note={note} invoice={invoice} />
    </Page>
  );
}
