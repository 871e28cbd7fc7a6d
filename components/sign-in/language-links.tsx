import { useLocale, useTranslations } from 'next-intl';
import { setLanguage } from '@/components/shell/set-preference';
import { languages, type Language } from '@/lib/i18n/languages';

/** The languages side by side, for somebody who has no menu yet. Works before scripts load. */
export function LanguageLinks() {
  const text = useTranslations('shell');
  const current = useLocale();
  return (
    <nav aria-label={text('language')} className="flex justify-center gap-1">
      {(Object.keys(languages) as Language[]).map((language) => (
        <form key={language} action={setLanguage.bind(null, language)}>
          <button
            type="submit"
            lang={language}
            aria-current={language === current ? 'true' : undefined}
            className="min-h-8 rounded-md px-2.5 text-sm text-ink-muted hover:bg-hover hover:text-ink aria-[current]:font-medium aria-[current]:text-ink"
          >
            {languages[language]}
          </button>
        </form>
      ))}
    </nav>
  );
}
