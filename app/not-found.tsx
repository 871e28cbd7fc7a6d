import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function NotFoundPage() {
  const text = useTranslations('common');
  return (
    <main className="grid min-h-dvh place-items-center">
      <title>{text('notFoundTitle')}</title>
      <EmptyState
        title={<h1 className="text-xl font-semibold">{text('notFoundTitle')}</h1>}
        description={text('notFoundDescription')}
        action={<ButtonLink href="/">{text('goHome')}</ButtonLink>}
      />
    </main>
  );
}
