/**
 * The cookie of an account's session in a frame. Its name carries the account, so that frames of two accounts in one page keep
 * apart. Browsers keep it for the site around the frame alone (CHIPS); over plain http they keep it on this machine only.
 */
export const embedCookieName = (accountId: string): string => `__Host-portal-embed-${accountId}`;

/** The header that sets it. */
export function embedCookieHeader(accountId: string, text: string, maxAgeSeconds: number): string {
  return `${embedCookieName(accountId)}=${text}; Max-Age=${maxAgeSeconds}; Path=/; Secure; HttpOnly; SameSite=None; Partitioned`;
}
