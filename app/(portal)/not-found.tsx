import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** Something in the portal does not exist, or belongs to another account; the frame stays. */
export default function PortalNotFound() {
  const text = useTranslations('common');
  return (
    <EmptyState
      title={<h1 className="text-xl font-semibold">{text('notFoundTitle')}</h1>}
      description={text('notFoundDescription')}
      action={<ButtonLink href="/overview">{text('goHome')}</ButtonLink>}
    />
  );
}
