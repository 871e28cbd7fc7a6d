import { useTranslations } from 'next-intl';

/** Says that payments are tried out here and nothing is charged. */
export function StandInNote() {
  const text = useTranslations('pay');
  return (
    <p className="flex items-center gap-2 text-xs text-ink-muted">
      <span aria-hidden="true" className="size-1.5 shrink-0 rounded-full bg-warning" />
      {text('standIn')}
    </p>
  );
}
