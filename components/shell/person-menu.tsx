'use client';

import { LogOut, Settings2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { useNotify } from '@/components/ui/toast';
import type { Theme } from '@/lib/i18n/themes';
import { Initial } from './initial';
import { LanguageChoice, ThemeChoice } from './preference-choices';
import type { ShellActions, ShellPerson } from './types';

interface PersonMenuProps {
  person: ShellPerson;
  theme: Theme;
  signOut: ShellActions['signOut'];
  /** An initial alone, for the bar of a phone. */
  compact?: boolean;
}

/** Who is signed in, how they like to read, and the way out. */
export function PersonMenu({ person, theme, signOut, compact = false }: PersonMenuProps) {
  const text = useTranslations('shell');
  const notify = useNotify();
  const [leaving, startLeaving] = useTransition();

  function leave() {
    if (leaving) return;
    startLeaving(async () => {
      try {
        await signOut();
      } catch {
        notify.error('internal', { retry: leave });
      }
    });
  }

  return (
    <Menu
      side={compact ? 'bottom' : 'top'}
      align={compact ? 'end' : 'start'}
      trigger={
        <button
          type="button"
          aria-label={text('personMenu', { name: person.name })}
          className={
            compact
              ? 'grid size-10 shrink-0 place-items-center rounded-md hover:bg-hover'
              : 'flex h-12 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover data-popup-open:bg-hover'
          }
        >
          <Initial round name={person.name} />
          {!compact && (
            <>
              <span className="min-w-0 flex-1">
                <span className="block truncate text-sm font-medium">{person.name}</span>
                <span className="block truncate text-xs text-ink-muted">{person.email}</span>
              </span>
              <Settings2 className="size-4 shrink-0 text-ink-faint" strokeWidth={1.75} aria-hidden="true" />
            </>
          )}
        </button>
      }
    >
      {compact && (
        <>
          <p className="px-2.5 pt-1.5 pb-1">
            <span className="block truncate font-medium">{person.name}</span>
            <span className="block truncate text-xs text-ink-muted">{person.email}</span>
          </p>
          <MenuSeparator />
        </>
      )}
      <LanguageChoice />
      <MenuSeparator />
      <ThemeChoice theme={theme} />
      <MenuSeparator />
      <MenuItem onSelect={leave}>
        <LogOut className="size-4 text-ink-muted" strokeWidth={1.75} aria-hidden="true" />
        {text('signOut')}
      </MenuItem>
    </Menu>
  );
}
