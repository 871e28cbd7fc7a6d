import type { Appearance } from './messages';

/** What the frame adds to each request to our own server. */
interface FrameCredentials extends Appearance {
  account: string;
  /** Only where the browser keeps no cookie in a frame; it is nowhere but here. */
  bearer: string | null;
}

let credentials: FrameCredentials | null = null;

function withCredentials(input: RequestInfo | URL, init: RequestInit | undefined, { account, bearer, language, theme }: FrameCredentials): RequestInit | undefined {
  const address = input instanceof Request ? input.url : input;
  if (new URL(address, location.href).origin !== location.origin) return init;
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  headers.set('portal-embed', account);
  if (bearer) headers.set('authorization', `Bearer ${bearer.replace(/^Bearer /, '')}`);
  if (language) headers.set('portal-embed-language', language);
  if (theme) headers.set('portal-embed-theme', theme);
  return { ...init, headers };
}

/**
 * Sends every request of the page to our own server as the portal in a frame, pages and server actions of Next among them. The
 * header also proves that our own page asks: another site's page cannot send it.
 */
export function fetchInFrame(account: string): void {
  if (credentials) {
    if (credentials.account !== account) credentials = { account, bearer: null };
    return;
  }
  credentials = { account, bearer: null };
  const plainFetch = window.fetch.bind(window);
  window.fetch = (input, init) => plainFetch(input, credentials ? withCredentials(input, init, credentials) : init);
}

/** Changes what is added; `fetchInFrame` comes first. */
export function changeCredentials(change: Partial<Omit<FrameCredentials, 'account'>>): void {
  if (credentials) Object.assign(credentials, change);
}

/** What the page around the frame wants shown, of what we know; the theme is changed at once. */
export function takeAppearance({ language, theme }: Appearance): void {
  if (language === 'en' || language === 'zh') changeCredentials({ language });
  if (theme !== 'light' && theme !== 'dark' && theme !== 'system') return;
  changeCredentials({ theme });
  if (theme === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
}
