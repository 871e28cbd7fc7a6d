import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { BillingDetails } from '@/components/billing/billing-details';
import { BillingFigures } from '@/components/billing/billing-figures';
import { CreditNoteTable } from '@/components/billing/credit-note-table';
import { DunningBanner } from '@/components/billing/dunning-banner';
import { ExportButton } from '@/components/billing/export-button';
import { InvoiceSearch } from '@/components/billing/invoice-search';
import { InvoiceTable } from '@/components/billing/invoice-table';
import { shownStatus } from '@/components/billing/invoice-view';
import { CheckoutReturn } from '@/components/payments/checkout-return';
import { PaymentMethods } from '@/components/payments/payment-methods';
import { StatementForm } from '@/components/billing/statement-form';
import { CreditSection } from '@/components/credit/credit-section';
import { SetupReturn } from '@/components/payments/setup-return';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterTabs, Pagination, TextLink } from '@/components/ui/navigation';
import { Card, CardFooter, Page, PageHeader, Section } from '@/components/ui/section';
import { portalAddress } from '@/lib/auth/embedding/portal-address';
import { requireSession } from '@/lib/auth/session';
import { getAccount } from '@/lib/billing/accounts/get-account';
import { listCreditNotes } from '@/lib/billing/invoices/credit-notes/list-credit-notes';
import { countInvoices, getOpenAmount, listInvoices } from '@/lib/billing/invoices/list-invoices';
import { getPaymentTerm } from '@/lib/billing/invoices/set-payment-term';
import { listDunnings } from '@/lib/billing/payments/list-dunnings';
import { readSpend } from '@/lib/billing/quota/adjustments/spend-cap';
import { calendarDay } from '@/lib/billing/time/period';
import { upcomingInvoice } from '@/lib/billing/workflows/upcoming-invoice';
import { toPlain } from '@/lib/http/plain';
import { billingAddress, billingQuery } from './address';
import { buyCredit, openCreditPage, readPurchase, saveAutomaticTopUp } from './credit-actions';
import { creditView } from './credit-views';
import { beginMethod, finishMethod, makeDefault, openSetupPage, removeStored } from './method-actions';
import { readCheckout } from './payment-actions';
import { paymentChoices, returnedCheckout } from './payment-views';

const pageSize = 20;
const shownFilters = ['open', 'overdue', 'paid', 'void', 'uncollectible'] as const;
const alwaysShown: ReadonlySet<string> = new Set(['open', 'paid', 'void']);

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('billing');
  return { title: text('title') };
}

export default async function BillingPage({ searchParams }: PageProps<'/billing'>) {
  const { context, account, permissions } = await requireSession();
  const { status, number, page, checkout, setup } = billingQuery.parse(await searchParams);
  const [text, invoices, counts, open, upcoming, term, creditNotes, dunnings, choices, credit, returned, profile, spend] = await Promise.all([
    getTranslations('billing'),
    listInvoices(context, { status, number, page, pageSize }),
    countInvoices(context),
    getOpenAmount(context),
    upcomingInvoice(context),
    getPaymentTerm(context),
    listCreditNotes(context, { page: 1, pageSize: 10 }),
    listDunnings(context, { status: 'retrying', page: 1, pageSize: 5 }),
    paymentChoices(context),
    creditView(context, account.currency),
    returnedCheckout(context, checkout),
    getAccount(context),
    readSpend(context),
  ]);
  const lastPage = Math.max(1, Math.ceil(invoices.total / pageSize));
  if (page > lastPage) redirect(await portalAddress(billingAddress({ status, number, page: lastPage })));

  const mayPay = permissions.includes('payment:write');
  const payable = mayPay && choices.gateway !== null;
  const now = context.clock.now().toISOString();
  const today = calendarDay(context.clock.now(), account.timeZone);
  const rows = toPlain(invoices.items).map((invoice) => ({ ...invoice, shownStatus: shownStatus(invoice, now) }));
  const statuses = shownFilters.filter((filter) => alwaysShown.has(filter) || counts[filter] || status === filter);
  const { overdue: _, ...byStatus } = counts;
  const tabs = [undefined, ...statuses].map((filter) => ({
    href: billingAddress({ status: filter, number }),
    label: filter ? text(`status_${filter}`) : text('filterAll'),
    current: filter === status,
    count: filter ? (counts[filter] ?? 0) : Object.values(byStatus).reduce((sum, count) => sum + count, 0),
  }));

  return (
    <Page>
      <PageHeader title={text('title')} description={text('description')} />
      {checkout && <CheckoutReturn key={checkout} first={returned} read={readCheckout} pageHref="/billing" />}
      {setup && mayPay && <SetupReturn key={setup} setupId={setup} finish={finishMethod} pageHref="/billing" />}
      {dunnings.items.length > 0 && <DunningBanner dunnings={toPlain(dunnings.items)} payable={payable} />}
      <BillingFigures open={toPlain(open)} upcoming={toPlain(upcoming)} currency={account.currency} now={now} />
      <Section title={text('invoices')} description={text('paymentTerm', { days: term.days })} actions={
          <>
            <FilterTabs label={text('filter')} tabs={tabs} />
            {(invoices.total > pageSize || number !== undefined) && <InvoiceSearch key={number} number={number ?? ''} status={status ?? ''} />}
            {rows.length > 0 && <ExportButton status={status ?? ''} />}
          </>
        }>
        <Card padding="none">
          {rows.length > 0 ? (
            <InvoiceTable invoices={rows} payable={payable} />
          ) : status || number ? (
            <EmptyState
              title={text(number ? 'emptySearchTitle' : 'emptyFilteredTitle', { number: number ?? '' })}
              description={text(number ? 'emptySearchDescription' : 'emptyFilteredDescription')}
              action={<TextLink href={billingAddress({})}>{text('showAll')}</TextLink>}
            />
          ) : (
            <EmptyState title={text('emptyTitle')} description={text('emptyDescription')} />
          )}
          {rows.length > 0 && (
            <CardFooter>
              <Pagination page={page} pageSize={pageSize} total={invoices.total} href={(target) => billingAddress({ status, number, page: target })} />
            </CardFooter>
          )}
        </Card>
      </Section>
      {permissions.includes('payment:read') && (
        <PaymentMethods
          {...choices}
          actions={mayPay ? { begin: beginMethod, finish: finishMethod, openCheckout: openSetupPage, makeDefault, remove: removeStored } : null}
        />
      )}
      <CreditSection
        balances={credit.balances}
        automatic={credit.automatic}
        pending={credit.pending}
        buying={
          mayPay && choices.gateway
            ? {
                gateway: choices.gateway,
                methods: choices.methods,
                limits: credit.limits,
                actions: { begin: beginMethod, finish: finishMethod, buy: buyCredit, readPurchase, openCheckout: openCreditPage },
                saveAutomatic: saveAutomaticTopUp,
              }
            : null
        }
      />
      {creditNotes.items.length > 0 && (
        <Section title={text('creditNotes')}>
          <Card padding="none">
            <CreditNoteTable notes={toPlain(creditNotes.items)} />
          </Card>
        </Section>
      )}
      <BillingDetails profile={profile} spendCap={spend.amountMinor === null ? null : { minor: spend.amountMinor.toString(), currency: spend.currency }} mayChange={permissions.includes('account:write')} />
      <Section title={text('statement')} description={text('statementHint')}>
        <StatementForm from={`${today.slice(0, 4)}-01-01`} to={today} />
      </Section>
    </Page>
  );
}
