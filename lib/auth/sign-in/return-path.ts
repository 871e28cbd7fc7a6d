const home = '/overview';

/**
 * Where to go after signing in: a path of this site. An address of another site, or anything a browser could take for
 * one (`//host`, `/\host`), becomes the home page.
 * @param wanted a path or an address, as it came with the request
 * @param origin the site's own origin
 */
export function returnPath(wanted: string | null | undefined, origin: string): string {
  if (!wanted || !URL.canParse(wanted, origin)) return home;
  const { origin: target, pathname, search, hash } = new URL(wanted, origin);
  if (target !== origin || pathname === '/' || pathname.startsWith('//')) return home;
  return `${pathname}${search}${hash}`;
}
