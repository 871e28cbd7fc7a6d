'use client';

import { useLocale, useTranslations } from 'next-intl';
import { MenuChoice } from '@/components/ui/menu';
import { languages, type Language } from '@/lib/i18n/languages';
import { themes, type Theme } from '@/lib/i18n/themes';
import { showTheme } from './show-theme';
import type { ShellActions } from './types';

const languageOptions = (Object.keys(languages) as Language[]).map((language) => ({ value: language, label: languages[language], lang: language }));

/** The languages, each in its own words. Inside a `Menu`. */
export function LanguageChoice({ setLanguage }: Pick<ShellActions, 'setLanguage'>) {
  const text = useTranslations('shell');
  return <MenuChoice<Language> label={text('language')} value={useLocale()} options={languageOptions} onChange={setLanguage} />;
}

/** Light, dark or as the device. Inside a `Menu`. */
export function ThemeChoice({ theme }: { theme: Theme }) {
  const text = useTranslations('shell');
  return <MenuChoice<Theme> label={text('theme')} value={theme} options={themes.map((option) => ({ value: option, label: text(`theme_${option}`) }))} onChange={showTheme} />;
}
