import { useTranslations } from 'next-intl';

/** The first stop of the Tab key: past the navigation. */
export function SkipLink() {
  const text = useTranslations('shell');
  return (
    <a
      href="#content"
      className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md border border-line-strong bg-raised px-3 py-2 text-sm font-medium shadow-float focus:translate-y-0"
    >
      {text('skipToContent')}
    </a>
  );
}
