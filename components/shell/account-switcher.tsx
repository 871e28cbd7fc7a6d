'use client';

import { ChevronsUpDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Menu, MenuChoice } from '@/components/ui/menu';
import { useNotify } from '@/components/ui/toast';
import { Initial } from './initial';
import type { ShellAccount, ShellActions } from './types';

interface AccountSwitcherProps {
  accounts: readonly ShellAccount[];
  currentAccount: ShellAccount;
  switchAccount: ShellActions['switchAccount'];
}

/** Names the account in view; with several accounts it is also the way to another. */
export function AccountSwitcher({ accounts, currentAccount, switchAccount }: AccountSwitcherProps) {
  const text = useTranslations('shell');
  const notify = useNotify();
  const [switching, startSwitch] = useTransition();

  function choose(accountId: string) {
    if (switching || accountId === currentAccount.id) return;
    startSwitch(async () => {
      try {
        await switchAccount(accountId);
      } catch {
        notify.error('internal', { retry: () => choose(accountId) });
      }
    });
  }

  const name = (
    <>
      <Initial name={currentAccount.name} />
      <span className="min-w-0 flex-1 truncate text-left text-sm font-semibold">{currentAccount.name}</span>
    </>
  );
  const frame = 'flex h-10 min-w-0 items-center gap-2.5 rounded-md px-2 md:w-full';
  if (accounts.length < 2) return <div className={frame}>{name}</div>;
  return (
    <Menu
      trigger={
        <button type="button" aria-label={text('currentAccount', { name: currentAccount.name })} aria-busy={switching || undefined} className={`${frame} hover:bg-hover data-popup-open:bg-hover`}>
          {name}
          <ChevronsUpDown className="size-4 shrink-0 text-ink-faint" strokeWidth={1.75} aria-hidden="true" />
        </button>
      }
    >
      <MenuChoice
        label={text('accounts')}
        value={currentAccount.id}
        onChange={choose}
        options={accounts.map((account) => ({
          value: account.id,
          label: (
            <span className="flex min-w-0 items-center gap-2.5">
              <Initial name={account.name} />
              <span className="min-w-0">
                <span className="block truncate">{account.name}</span>
                <span className="block text-xs text-ink-muted">{text(`role_${account.role}`)}</span>
              </span>
            </span>
          ),
        }))}
      />
    </Menu>
  );
}
