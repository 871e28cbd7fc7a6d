'use client';

import { ArrowUpCircle, CreditCard, Globe, KeyRound, LogOut, Repeat, SunMoon, UserPlus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { usePortalRouter } from '@/components/ui/portal-link';
import type { Permission } from '@/lib/auth/permissions';
import { languages, type Language } from '@/lib/i18n/languages';
import { themes, type Theme } from '@/lib/i18n/themes';
import { goToAccount } from '../go-to-account';
import { pagesFor } from '../pages';
import { showTheme } from '../show-theme';
import { signOut } from '../sign-out';
import type { ShellAccount, ShellActions } from '../types';
import type { Command, CommandGroup } from './commands';

export interface PaletteFacts {
  accounts: readonly ShellAccount[];
  currentAccount: ShellAccount;
  /** What the person may do: what they may not is not offered. */
  permissions: readonly Permission[];
  theme: Theme;
  actions: ShellActions;
}

const starts = [
  { key: 'invite', href: '/team?open=invite', icon: UserPlus, needs: 'member:write', words: 'invite member team' },
  { key: 'createKey', href: '/api-keys?open=create', icon: KeyRound, needs: 'api_key:write', words: 'create api key' },
  { key: 'addMethod', href: '/billing?open=method', icon: CreditCard, needs: 'payment:write', words: 'add payment method card' },
  { key: 'upgrade', href: '/subscription', icon: ArrowUpCircle, needs: 'subscription:write', words: 'upgrade change plan' },
] as const;

/** Everything the person can go to or do from anywhere, by groups. English words find it in either language. */
export function useCommands({ accounts, currentAccount, permissions, theme, actions }: PaletteFacts): CommandGroup[] {
  const text = useTranslations('palette');
  const shell = useTranslations('shell');
  const locale = useLocale();
  const router = usePortalRouter();
  const { pages, controlPages, accessPages } = pagesFor(permissions);

  const toPages = [...pages, ...controlPages, ...accessPages].map(({ key, href, icon }): Command => ({ id: `page ${key}`, label: shell(key), words: [href.slice(1)], icon, run: () => router.push(href) }));
  const toDo = starts
    .filter(({ needs }) => permissions.includes(needs))
    .map(({ key, href, icon, words }): Command => ({ id: `start ${key}`, label: text(key), words: [words], icon, run: () => router.push(href) }));
  const toAccounts = accounts
    .filter(({ id }) => id !== currentAccount.id)
    .map(({ id, name, role }): Command => ({
      id: `account ${id}`, label: name, detail: shell(`role_${role}`), words: ['switch account', shell('switchAccount')], icon: Repeat, run: () => goToAccount(id, actions.switchAccount),
    }));
  const toThemes = themes
    .filter((one) => one !== theme)
    .map((one): Command => ({ id: `theme ${one}`, label: text('themeIs', { theme: shell(`theme_${one}`) }), words: ['theme', one], icon: SunMoon, run: () => showTheme(one) }));
  const toLanguages = (Object.keys(languages) as Language[])
    .filter((one) => one !== locale)
    .map((one): Command => ({ id: `language ${one}`, label: languages[one], lang: one, words: ['language', shell('language')], icon: Globe, run: () => actions.setLanguage(one) }));
  const out: Command = { id: 'sign out', label: shell('signOut'), words: ['sign out log out'], icon: LogOut, run: signOut };

  return [
    { value: text('pages'), items: toPages },
    { value: text('start'), items: toDo },
    { value: shell('switchAccount'), items: toAccounts },
    { value: shell('preferences'), items: [...toThemes, ...toLanguages] },
    { value: shell('session'), items: [out] },
  ].filter(({ items }) => items.length > 0);
}
