import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('common'))('notFoundTitle') };
}

export default function NotFoundPage() {
  const text = useTranslations('common');
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        title={<h1 className="text-xl font-semibold">{text('notFoundTitle')}</h1>}
        description={text('notFoundDescription')}
        action={<ButtonLink href="/">{text('goHome')}</ButtonLink>}
      />
    </main>
  );
}
