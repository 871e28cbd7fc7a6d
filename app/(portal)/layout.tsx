import type { ReactNode } from 'react';
import { EmbeddedShell } from '@/components/embed/embedded-shell';
import { Shell } from '@/components/shell/shell';
import { requireSession } from '@/lib/auth/session';
import { paymentGateways } from '@/lib/billing/payments/configured-gateway';
import { lastPaidInvoiceId } from '@/lib/billing/invoices/last-paid-invoice';
import { getSubscription } from '@/lib/billing/subscriptions/get-subscription';
import type { Context } from '@/lib/core/context';
import { embedPath } from '@/lib/core/embed-header';
import { portalSections } from '@/lib/core/portal-sections';
import { requestTheme } from '@/lib/i18n/preferences';
import { Texts } from '../texts';
import { chooseAccount, chooseLanguage } from './session-actions';

/** What the page around a frame is told of. */
async function standingOf(context: Context) {
  const [subscription, paidInvoiceId] = await Promise.all([getSubscription(context), lastPaidInvoiceId(context)]);
  return { plan: subscription?.plan.key ?? null, status: subscription?.status ?? null, paidInvoiceId };
}

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const { context, person, account, accounts, role, permissions, embedding } = await requireSession();
  const demoPayments = paymentGateways().some(({ standIn }) => standIn);
  return (
    <Texts of={['palette', 'shell']}>
      {embedding ? (
        <EmbeddedShell
          accountId={account.id}
          origin={embedding.origin}
          embedding={{ base: embedPath(account.id), sections: portalSections }}
          permissions={permissions}
          standing={await standingOf(context)}
          demoPayments={demoPayments}
        >
          {children}
        </EmbeddedShell>
      ) : (
        <Shell
          person={{ name: person.name, email: person.email }}
          accounts={accounts}
          currentAccount={{ id: account.id, name: account.name, role }}
          permissions={permissions}
          theme={await requestTheme()}
          demoPayments={demoPayments}
          actions={{ switchAccount: chooseAccount, setLanguage: chooseLanguage }}
        >
          {children}
        </Shell>
      )}
    </Texts>
  );
}
