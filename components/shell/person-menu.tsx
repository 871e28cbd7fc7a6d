'use client';

import { LogOut, Settings2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Menu, MenuGroup, MenuItem } from '@/components/ui/menu';
import type { Theme } from '@/lib/i18n/themes';
import { Initial } from './initial';
import { LanguageChoice, ThemeChoice } from './preferences';
import { signOut } from './sign-out';
import type { ShellActions, ShellPerson } from './types';

interface PersonMenuProps {
  person: ShellPerson;
  theme: Theme;
  setLanguage: ShellActions['setLanguage'];
  /** An initial alone, for the bar of a phone. */
  compact?: boolean;
}

/** Who is signed in, how they like to read, and the way out. */
export function PersonMenu({ person, theme, setLanguage, compact = false }: PersonMenuProps) {
  const text = useTranslations('shell');

  return (
    <Menu
      label={text('preferences')}
      side={compact ? 'bottom' : 'top'}
      align={compact ? 'end' : 'start'}
      trigger={
        <button
          type="button"
          aria-label={text('personMenu', { name: person.name })}
          className={
            compact ? 'grid size-10 shrink-0 place-items-center rounded-md hover:bg-hover' : 'flex h-12 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover'
          }
        >
          <Initial round name={person.name} />
          {!compact && (
            <>
              <NameAndEmail {...person} />
              <Settings2 className="size-4 shrink-0 text-ink-faint" strokeWidth={1.75} aria-hidden="true" />
            </>
          )}
        </button>
      }
    >
      {compact && (
        <div className="-mx-1 flex border-b border-line px-3.5 py-2">
          <NameAndEmail {...person} />
        </div>
      )}
      <LanguageChoice setLanguage={setLanguage} />
      <ThemeChoice theme={theme} />
      <MenuGroup title={text('session')}>
        <MenuItem onSelect={signOut}>
          <LogOut className="size-4 text-ink-muted" strokeWidth={1.75} aria-hidden="true" />
          {text('signOut')}
        </MenuItem>
      </MenuGroup>
    </Menu>
  );
}

function NameAndEmail({ name, email }: ShellPerson) {
  return (
    <span className="min-w-0 flex-1" title={email}>
      <span className="block truncate text-sm font-medium">{name}</span>
      <span className="block truncate text-xs text-ink-muted">{email}</span>
    </span>
  );
}
