import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { EmbedDoor } from '@/components/embed/embed-door';
import { listFrameAncestors } from '@/lib/auth/embedding/embed-origins';
import { embedPath } from '@/lib/core/embed-header';
import { isPortalPath, portalSections } from '@/lib/core/portal-sections';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('product') };
}

interface EmbedPageProps {
  params: Promise<{ account: string }>;
  searchParams: Promise<{ page?: string | string[]; ended?: string | string[] }>;
}

/** The first page of the portal in a frame: empty, until the page around it has handed over a one-time token. */
export default async function EmbedPage({ params, searchParams }: EmbedPageProps) {
  const [{ account }, { page, ended }] = await Promise.all([params, searchParams]);
  const origins = await listFrameAncestors(account);
  const sessionEnded = ended === 'true';
  // A frame that is open while the last site is taken off the list is told so.
  if (origins.length === 0 && !sessionEnded) notFound();
  const wanted = typeof page === 'string' ? `/${page.replace(/^\/+/, '')}` : '';
  const start = isPortalPath(wanted) ? wanted : `/${portalSections[0]}`;
  return <EmbedDoor accountId={account} origins={origins} startHref={embedPath(account) + start} sessionEnded={sessionEnded} />;
}
