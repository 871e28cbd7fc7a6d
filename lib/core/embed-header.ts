/**
 * The header that names the account whose embed session a request is made with. The portal in a frame sends it with what it
 * fetches, and the proxy sets it for pages below `/embed/{account}`. A page of another site cannot send it.
 */
export const embedHeader = 'portal-embed';

/** What the page around the frame wants shown; sent by the portal in a frame, which keeps no cookies of that kind. */
export const embedLanguageHeader = 'portal-embed-language';
export const embedThemeHeader = 'portal-embed-theme';

/** The path below which an account's portal is shown in a frame. */
export const embedPath = (accountId: string): string => `/embed/${accountId}`;
