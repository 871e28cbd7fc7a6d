import { DomainError } from '@/lib/core/errors';
import { settings } from '@/lib/core/settings';

/**
 * Refuses a change that another site's page asked for with the visitor's cookie. Browsers send Sec-Fetch-Site or
 * Origin with every such request (Fetch standard); one that sends neither is no browser and carries no ambient cookie.
 */
export function assertSameOrigin(request: { url: URL; header(name: string): string | null }): void {
  const site = request.header('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') throw new DomainError('cross_site_request');
  const origin = request.header('origin');
  if (!origin) return;
  const host = request.header('host') ?? request.url.host;
  if (origin === settings().appUrl) return; // A proxy of our own may have changed the Host header.
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw new DomainError('cross_site_request');
}
