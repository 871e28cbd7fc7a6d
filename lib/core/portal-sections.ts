/**
 * The first parts of the addresses of the portal's own pages, the one shown first at the front. Only these are shown in a
 * frame: not the pages for signing in, where a click must never be meant for something else. A test holds the list to the folders.
 */
export const portalSections = ['overview', 'subscription', 'usage', 'billing', 'account', 'cost-centres', 'alerts', 'team', 'api-keys', 'audit-log'] as const;

/** Whether the path, with or without a query, is of one of the portal's own pages, and leads there without a detour (`..`). */
export function isPortalPath(path: string): boolean {
  if (!/^\/(?!\/)/.test(path) || !URL.canParse(path, 'http://localhost')) return false;
  const { pathname, search, hash } = new URL(path, 'http://localhost');
  const [, section = ''] = pathname.split('/');
  return path === pathname + search + hash && (portalSections as readonly string[]).includes(section);
}
