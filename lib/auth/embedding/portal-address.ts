import { headers } from 'next/headers';
import { embedHeader, embedPath } from '@/lib/core/embed-header';

/** The address of a page of the portal where this request shows it: below `/embed/{account}` in a frame. For redirects. */
export async function portalAddress(path: string): Promise<string> {
  const embeddedIn = (await headers()).get(embedHeader);
  return embeddedIn === null ? path : `${embedPath(embeddedIn)}${path}`;
}
