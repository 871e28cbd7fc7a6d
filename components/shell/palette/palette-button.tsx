'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { openPalette } from './palette-door';

const never = () => () => undefined;

/** Whether the device's command key is ⌘; the server cannot know. */
function useIsApple(): boolean {
  return useSyncExternalStore(never, () => /Mac|iPhone|iPad/.test(navigator.platform), () => false);
}

/** Opens the palette; `compact`: an icon alone, for the bar of a phone. */
export function PaletteButton({ compact = false }: { compact?: boolean }) {
  const text = useTranslations('palette');
  const isApple = useIsApple();
  if (compact) {
    return (
      <button type="button" onClick={openPalette} aria-label={text('open')} className="grid size-10 shrink-0 place-items-center rounded-md text-ink-muted hover:bg-hover">
        <Search className="size-5" strokeWidth={1.75} aria-hidden="true" />
      </button>
    );
  }
  return (
    <button
      type="button"
      onClick={openPalette}
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-8 w-full items-center gap-2.5 rounded-md border border-line-strong bg-canvas px-2.5 text-sm text-ink-muted hover:bg-hover"
    >
      <Search className="size-4 text-ink-faint" strokeWidth={1.75} aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate text-left">{text('open')}</span>
      <kbd aria-hidden="true" className="font-sans text-xs text-ink-faint" suppressHydrationWarning>
        {isApple ? '⌘K' : 'Ctrl K'}
      </kbd>
    </button>
  );
}
