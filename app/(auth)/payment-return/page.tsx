import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Entrance } from '@/components/sign-in/entrance';
import { ButtonLink } from '@/components/ui/button';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('embed'))('returnTitle') };
}

/**
 * Where a provider's page sends a browser that is not signed in, such as a window that the portal in a frame opened. It tells
 * nothing: the frame asks our server what came of it.
 */
export default async function PaymentReturnPage() {
  const text = await getTranslations('embed');
  return (
    <Entrance title={text('returnTitle')} description={text('returnText')}>
      <ButtonLink href="/billing">{text('returnPortal')}</ButtonLink>
    </Entrance>
  );
}
