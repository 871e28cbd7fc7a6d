import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Permission } from '@/lib/auth/permissions';
import type { Theme } from '@/lib/i18n/themes';
import { StandInNote } from '../payments/stand-in-note';
import { TravelProvider } from '../ui/destination';
import { AccountSwitcher } from './account-switcher';
import { CurrentPage } from './current-page';
import { BottomNavigation, SideNavigation } from './navigation';
import { PaletteButton } from './palette/palette-button';
import { PaletteHost } from './palette/palette-host';
import { PersonMenu } from './person-menu';
import { SessionWatcher } from './session-watcher';
import { SkipLink } from './skip-link';
import type { ShellAccount, ShellActions, ShellPerson } from './types';

export interface ShellProps {
  person: ShellPerson;
  accounts: readonly ShellAccount[];
  currentAccount: ShellAccount;
  /** What the person may do in the account. */
  permissions: readonly Permission[];
  theme: Theme;
  actions: ShellActions;
  /** Whether payments only stand in for real ones. */
  demoPayments: boolean;
  children: ReactNode;
}

/** The frame around every page: navigation beside it on a desk, above and below it on a phone. */
export function Shell({ person, accounts, currentAccount, permissions, theme, actions, demoPayments, children }: ShellProps) {
  const text = useTranslations('shell');
  const switcher = <AccountSwitcher accounts={accounts} currentAccount={currentAccount} switchAccount={actions.switchAccount} />;
  return (
    <TravelProvider>
      <div className="flex min-h-dvh flex-col md:flex-row">
        <SessionWatcher />
        <SkipLink />
        <PaletteHost accounts={accounts} currentAccount={currentAccount} permissions={permissions} theme={theme} actions={actions} />
        <aside aria-label={text('product')} className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col border-r border-line bg-sunken p-3 md:flex print:hidden">
          {switcher}
          <div className="mt-2">
            <PaletteButton />
          </div>
          <div className="mt-3 min-h-0 flex-1 overflow-y-auto">
            <SideNavigation permissions={permissions} />
          </div>
          {demoPayments && (
            <div className="px-2 py-3">
              <StandInNote />
            </div>
          )}
          <PersonMenu person={person} theme={theme} setLanguage={actions.setLanguage} />
        </aside>
        <header className="sticky top-0 z-20 flex h-14 items-center justify-between gap-2 border-b border-line bg-canvas px-2 md:hidden print:hidden">
          {switcher}
          <div className="flex shrink-0 items-center">
            <PaletteButton compact />
            <PersonMenu compact person={person} theme={theme} setLanguage={actions.setLanguage} />
          </div>
        </header>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none max-md:pb-[calc(3.75rem+env(safe-area-inset-bottom))]">
          {demoPayments && (
            <div className="flex justify-center border-b border-line bg-sunken px-4 py-1.5 md:hidden print:hidden">
              <StandInNote />
            </div>
          )}
          <CurrentPage>{children}</CurrentPage>
        </main>
        <BottomNavigation permissions={permissions} />
      </div>
    </TravelProvider>
  );
}
