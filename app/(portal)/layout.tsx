import type { ReactNode } from 'react';
import { Shell } from '@/components/shell/shell';
import { requireSession } from '@/lib/auth/session';
import { paymentGateways } from '@/lib/billing/payments/configured-gateway';
import { requestTheme } from '@/lib/i18n/preferences';
import { chooseAccount, chooseLanguage } from './session-actions';

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const { person, account, accounts, role, permissions } = await requireSession();
  return (
    <Shell
      person={{ name: person.name, email: person.email }}
      accounts={accounts}
      currentAccount={{ id: account.id, name: account.name, role }}
      permissions={permissions}
      theme={await requestTheme()}
      demoPayments={paymentGateways().some(({ standIn }) => standIn)}
      actions={{ switchAccount: chooseAccount, setLanguage: chooseLanguage }}
    >
      {children}
    </Shell>
  );
}
