'use client';

import { ChevronsUpDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Menu, MenuGroup, MenuItem } from '@/components/ui/menu';
import { goToAccount } from './go-to-account';
import { Initial } from './initial';
import type { ShellAccount, ShellActions } from './types';

interface AccountSwitcherProps {
  accounts: readonly ShellAccount[];
  currentAccount: ShellAccount;
  switchAccount: ShellActions['switchAccount'];
}

const frame = 'flex h-10 min-w-0 items-center gap-2.5 rounded-md px-2 md:w-full';

/** Names the account in view; with several accounts it is also the way to another. */
export function AccountSwitcher({ accounts, currentAccount, switchAccount }: AccountSwitcherProps) {
  const text = useTranslations('shell');

  const name = (
    <>
      <Initial name={currentAccount.name} />
      <span title={currentAccount.name} className="min-w-0 flex-1 truncate text-left text-sm font-semibold">{currentAccount.name}</span>
    </>
  );
  if (accounts.length < 2) return <div className={frame}>{name}</div>;
  return (
    <Menu
      label={text('switchAccount')}
      trigger={
        <button type="button" aria-label={text('currentAccount', { name: currentAccount.name })} className={`${frame} hover:bg-hover`}>
          {name}
          <ChevronsUpDown className="size-4 shrink-0 text-ink-faint" strokeWidth={1.75} aria-hidden="true" />
        </button>
      }
    >
      <MenuGroup title={text('accounts')}>
        {accounts.map((account) => (
          <MenuItem key={account.id} chosen={account.id === currentAccount.id} onSelect={() => goToAccount(account.id, switchAccount)}>
            <Initial name={account.name} />
            <span className="min-w-0">
              <span className="block truncate">{account.name}</span>
              <span className="block text-xs text-ink-muted">{text(`role_${account.role}`)}</span>
            </span>
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}
