'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { MenuChoice } from '@/components/ui/menu';
import { languages, type Language } from '@/lib/i18n/languages';
import { themes, type Theme } from '@/lib/i18n/themes';
import { setLanguage, setTheme } from './set-preference';

/** The languages, each in its own words. Inside a `Menu`. */
export function LanguageChoice() {
  const text = useTranslations('shell');
  const [, startChange] = useTransition();
  return (
    <MenuChoice<Language>
      label={text('language')}
      value={useLocale()}
      options={(Object.keys(languages) as Language[]).map((language) => ({ value: language, label: <span lang={language}>{languages[language]}</span> }))}
      onChange={(language) => startChange(() => setLanguage(language))}
    />
  );
}

/** Light, dark or as the device. Inside a `Menu`. */
export function ThemeChoice({ theme }: { theme: Theme }) {
  const text = useTranslations('shell');
  const [, startChange] = useTransition();

  function change(next: Theme) {
    // The page changes at once; the cookie follows for the pages after it.
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    startChange(() => setTheme(next));
  }

  return <MenuChoice<Theme> label={text('theme')} value={theme} options={themes.map((option) => ({ value: option, label: text(`theme_${option}`) }))} onChange={change} />;
}
