'use client';

import { useLocale, useTranslations } from 'next-intl';
import { languages, type Language } from '@/lib/i18n/languages';
import { themes, type Theme } from '@/lib/i18n/themes';
import { FlyoutAction, FlyoutGroup } from './flyout';
import { setLanguage, setTheme } from './set-preference';

/** The languages, each in its own words. Inside a `Flyout`. */
export function LanguageGroup() {
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

/** Light, dark or as the device. Inside a `Flyout`. */
export function ThemeGroup({ theme }: { theme: Theme }) {
  const text = useTranslations('shell');

  function choose(next: Theme): Promise<void> {
    // The page changes at once; the cookie follows for the pages after it.
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    return setTheme(next);
  }

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
