import { useLocale, useTranslations } from 'next-intl';
import { isLanguage } from '@/lib/i18n/languages';
import type { LineExplanationView } from './invoice-view';
import { PortalLink } from '../ui/portal-link';

/** How the amount of a line came about, step by step; opened by whoever asks. Not printed. */
export function LineExplanation({ explanation: { steps, usageHref }, line }: { explanation: LineExplanationView; line: string }) {
  const text = useTranslations('billing');
  const locale = useLocale();
  return (
    <details className="mt-1 text-xs print:hidden">
      <summary className="w-fit cursor-pointer rounded text-accent-ink underline-offset-2 hover:underline">
        {text('workedOut')}
        <span className="sr-only">{text('workedOutFor', { line })}</span>
      </summary>
      <div className="mt-1.5 flex max-w-[60ch] flex-col gap-1.5 border-l-2 border-line pl-3 text-ink-muted">
        <ol className="flex flex-col gap-1">
          {steps.map((step, index) => (
            <li key={index} className="tabular wrap-anywhere">
              {step[isLanguage(locale) ? locale : 'en']}
            </li>
          ))}
        </ol>
        {usageHref && (
          <PortalLink href={usageHref} className="w-fit text-accent-ink underline underline-offset-2">
            {text('seeUsage')}
          </PortalLink>
        )}
      </div>
    </details>
  );
}
