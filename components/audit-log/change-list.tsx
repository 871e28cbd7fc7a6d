import { useTranslations } from 'next-intl';
import { ChangeRow, type ChangeDto } from './change-row';

interface ChangeListProps {
  /** Each with the address of all changes of the same thing. */
  changes: readonly (ChangeDto & { subjectHref: string })[];
  /** The currency of amounts that name none. */
  currency: string;
}

/** Changes, newest first. */
export function ChangeList({ changes, currency }: ChangeListProps) {
  const text = useTranslations('auditLog');
  return (
    <ol aria-label={text('list')}>
      {changes.map((change) => (
        <ChangeRow key={change.id} change={change} currency={currency} subjectHref={change.subjectHref} />
      ))}
    </ol>
  );
}
