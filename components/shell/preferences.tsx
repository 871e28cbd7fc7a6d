'use client';

import { useLocale, useTranslations } from 'next-intl';
import { languages, type Language } from '@/lib/i18n/languages';
import { themes, type Theme } from '@/lib/i18n/themes';
import { FlyoutAction, FlyoutGroup } from './flyout';
import { setTheme } from './set-preference';
import type { ShellActions } from './types';

/** The languages, each in its own words. Inside a `Flyout`. */
export function LanguageGroup({ setLanguage }: Pick<ShellActions, 'setLanguage'>) {
  const text = useTranslations('shell');
  const current = useLocale();
  return (
    <FlyoutGroup title={text('language')}>
      {(Object.keys(languages) as Language[]).map((language) => (
        <FlyoutAction key={language} lang={language} chosen={language === current} action={() => setLanguage(language)}>
          {languages[language]}
        </FlyoutAction>
      ))}
    </FlyoutGroup>
  );
}

/** Changes the page at once; the cookie follows for the pages after it. */
function choose(theme: Theme): Promise<void> {
  if (theme === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
  return setTheme(theme);
}

/** Light, dark or as the device. Inside a `Flyout`. */
export function ThemeGroup({ theme }: { theme: Theme }) {
  const text = useTranslations('shell');

  return (
    <FlyoutGroup title={text('theme')}>
      {themes.map((option) => (
        <FlyoutAction key={option} chosen={option === theme} action={() => choose(option)}>
          {text(`theme_${option}`)}
        </FlyoutAction>
      ))}
    </FlyoutGroup>
  );
}
