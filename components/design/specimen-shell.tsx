import type { ReactNode } from 'react';
import { setLanguage } from '@/components/shell/set-preference';
import { Shell } from '@/components/shell/shell';
import type { ShellAccount } from '@/components/shell/types';
import type { Theme } from '@/lib/i18n/themes';

const first: ShellAccount = { id: 'acc_1', name: 'Demo account with a rather long name', role: 'owner' };
const accounts: ShellAccount[] = [first, { id: 'acc_2', name: '演示账户', role: 'viewer' }];

async function nothing() {
  'use server';
}

/** The portal's frame around specimens; its actions do nothing. */
export function SpecimenShell({ theme, children }: { theme: Theme; children: ReactNode }) {
  return (
    <Shell person={{ name: 'Demo Owner', email: 'owner@demo.example' }} accounts={accounts} currentAccount={first} permissions={['account:read', 'subscription:read', 'usage:read', 'invoice:read', 'member:read', 'api_key:read', 'audit:read']} theme={theme} actions={{ switchAccount: nothing, setLanguage }} demoPayments>
      {children}
    </Shell>
  );
}
