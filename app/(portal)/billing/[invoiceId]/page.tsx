import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { DownloadButton } from '@/components/billing/download-button';
import { InvoiceHeadline, InvoicePaper } from '@/components/billing/invoice-paper';
import { shownStatus, type InvoiceView } from '@/components/billing/invoice-view';
import { LayoutMenu } from '@/components/billing/layout-menu';
import { PrintButton } from '@/components/billing/print-button';
import { StatusBadge } from '@/components/billing/status-badge';
import { CheckoutReturn } from '@/components/payments/checkout-return';
import { PayInvoice } from '@/components/payments/pay-invoice';
import { Page, PageHeader } from '@/components/ui/section';
import { requireSession } from '@/lib/auth/session';
import { listCreditNotes } from '@/lib/billing/invoices/credit-notes/list-credit-notes';
import { explainLine, usageDays } from '@/lib/billing/invoices/explain-line';
import type { Invoice } from '@/lib/billing/invoices/invoice';
import { getInvoice } from '@/lib/billing/invoices/list-invoices';
import { paidWith } from '@/lib/billing/payments/paid-with';
import { recordedPayment } from '@/lib/billing/workflows/collect-payment/payment-status';
import { DomainError } from '@/lib/core/errors';
import { toPlain } from '@/lib/http/plain';
import { usageHref } from '../../usage/search';
import { billingQuery } from '../address';
import { beginMethod, finishMethod } from '../method-actions';
import { openPaymentPage, payNow, readCheckout, readPayment } from '../payment-actions';
import { paymentChoices, paymentView, returnedCheckout } from '../payment-views';

/** How each line was worked out, with the address of the use that it charges. */
function explanationsOf(invoice: Invoice): InvoiceView['explanations'] {
  return Object.fromEntries(
    invoice.lines.map((line) => {
      const days = usageDays(line, invoice.customer.timeZone);
      const usage = days && usageHref({ view: 'events', period: line.period?.start.toISOString(), ...days, feature: line.featureKey });
      return [line.id, { steps: explainLine(line, invoice), usageHref: usage }];
    }),
  );
}

/** The invoice of the page's address; another account's is not found. */
const requireInvoice = cache(async (id: string): Promise<InvoiceView> => {
  const { context } = await requireSession();
  try {
    const issued = await getInvoice(context, id);
    const invoice = toPlain(issued);
    return { ...invoice, shownStatus: shownStatus(invoice, context.clock.now().toISOString()), explanations: explanationsOf(issued) };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') notFound();
    throw error;
  }
});

/** The newest credit notes of the invoice, more than anybody issues for one. */
async function creditNotesOf(invoiceId: string) {
  const { context } = await requireSession();
  return toPlain((await listCreditNotes(context, { invoiceId, page: 1, pageSize: 100 })).items);
}

/** What it takes to pay the invoice here; null where nothing is to pay, the person may not, or the house has no gateway. */
async function paymentOf({ id, dueMinor, currency }: InvoiceView) {
  const { context, permissions } = await requireSession();
  if (dueMinor === '0' || !permissions.includes('payment:write')) return null;
  const [{ gateway, methods }, payment] = await Promise.all([paymentChoices(context), recordedPayment(context, id)]);
  return gateway && { due: { minor: dueMinor, currency }, gateway, methods, first: paymentView(payment) };
}

async function titleOf({ number }: InvoiceView): Promise<string> {
  const text = await getTranslations('billing');
  return number === null ? text('draftTitle') : text('invoiceTitle', { number });
}

export async function generateMetadata({ params }: PageProps<'/billing/[invoiceId]'>): Promise<Metadata> {
  const { invoiceId } = await params;
  return { title: await titleOf(await requireInvoice(invoiceId)) };
}

export default async function InvoicePage({ params, searchParams }: PageProps<'/billing/[invoiceId]'>) {
  const { invoiceId } = await params;
  const { checkout, open } = billingQuery.parse(await searchParams);
  const { context } = await requireSession();
  const returned = await returnedCheckout(context, checkout);
  const invoice = await requireInvoice(invoiceId);
  const text = await getTranslations('billing');
  const creditNotes = invoice.creditedMinor === '0' ? [] : await creditNotesOf(invoiceId);
  const [payment, charged] = await Promise.all([paymentOf(invoice), paidWith(context, invoiceId)]);
  const number = invoice.number ?? invoice.id;
  return (
    <Page>
      <PageHeader
        back={{ href: '/billing', label: text('backToInvoices') }}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {await titleOf(invoice)} <StatusBadge status={invoice.shownStatus} />
          </span>
        }
        description={
          // Where it can be paid, that part says it.
          <span className={payment ? 'hidden print:inline' : undefined}>
            <InvoiceHeadline invoice={invoice} />
          </span>
        }
        actions={
          <>
            <PrintButton />
            <DownloadButton kind="invoice" id={invoice.id} number={number} format="csv" />
            <LayoutMenu invoiceId={invoice.id} number={number} />
            <DownloadButton kind="invoice" id={invoice.id} number={number} format="pdf" />
          </>
        }
      />
      {checkout && <CheckoutReturn key={checkout} first={returned} read={readCheckout} pageHref={`/billing/${invoice.id}`} />}
      {payment && (
        <PayInvoice
          invoiceId={invoice.id}
          {...payment}
          dueAt={invoice.dueAt}
          isOverdue={invoice.shownStatus === 'overdue'}
          isWanted={open === 'pay' || checkout !== undefined}
          actions={{ begin: beginMethod, finish: finishMethod, pay: payNow, read: readPayment, checkout: openPaymentPage }}
        />
      )}
      <InvoicePaper invoice={invoice} creditNotes={creditNotes} paidWith={charged} />
    </Page>
  );
}
