import type { VisiblePart } from './visible-part';

/** The version of what the frame and the page around it say to each other. Documented beside `public/embed.js`. */
export const messageVersion = 1;

/** What the portal in a frame says to the page around it. */
export type FrameMessage =
  /** It stands empty and wants a one-time token. */
  | { type: 'portal:ready' }
  /** A page is shown. */
  | { type: 'portal:opened' }
  | { type: 'portal:error'; code: string }
  | { type: 'portal:height'; height: number }
  | { type: 'portal:navigated'; path: string }
  | { type: 'portal:session-expired' }
  | { type: 'portal:plan-changed'; plan: string | null; status: string | null }
  | { type: 'portal:payment-done'; invoiceId: string };

export interface Appearance {
  language?: string;
  theme?: string;
}

/** What the page around it says. */
export type HostMessage = { type: 'portal:token'; token: string } | ({ type: 'portal:appearance' } & Appearance) | { type: 'portal:navigate'; page: string } | ({ type: 'portal:visible' } & VisiblePart);

/** Says something to the page around the frame, if it is of one of the origins: the browser delivers it to no other. */
export function tellHost(origins: readonly string[], message: FrameMessage): void {
  if (window.parent === window) return;
  for (const origin of origins) window.parent.postMessage({ ...message, version: messageVersion }, origin);
}

function isHostMessage(data: unknown): data is HostMessage {
  if (typeof data !== 'object' || data === null) return false;
  const { type, version, token, page, top, height } = data as Record<string, unknown>;
  if (version !== messageVersion) return false;
  if (type === 'portal:token') return typeof token === 'string';
  if (type === 'portal:navigate') return typeof page === 'string';
  if (type === 'portal:visible') return Number.isFinite(top) && Number.isFinite(height);
  return type === 'portal:appearance';
}

/**
 * Hears what the page around the frame says, and nobody else: neither another window nor a page of another origin that
 * has taken its place. Gives back how to stop.
 */
export function onHostMessage(origins: readonly string[], react: (message: HostMessage, origin: string) => void): () => void {
  const hear = ({ source, origin, data }: MessageEvent<unknown>): void => {
    if (source === window.parent && window.parent !== window && origins.includes(origin) && isHostMessage(data)) react(data, origin);
  };
  window.addEventListener('message', hear);
  return () => window.removeEventListener('message', hear);
}
