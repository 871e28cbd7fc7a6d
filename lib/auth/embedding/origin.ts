import { z } from 'zod';

/** Whether the host of an address is this machine: `localhost`, what lies below it, and the loopback addresses. */
const isLoopbackHost = (hostname: string): boolean => hostname === 'localhost' || hostname.endsWith('.localhost') || /^127\.\d+\.\d+\.\d+$/.test(hostname) || hostname === '[::1]';

/** What is wrong with the text as an origin that may frame the portal; null: nothing. */
function problemOf(text: string): string | null {
  if (!URL.canParse(text)) return 'Give the origin of the page, such as https://workbench.example.com.';
  const { origin, protocol, hostname, pathname, search, hash, username } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopbackHost(hostname))) return 'Use https; http is for this machine alone.';
  if (origin === 'null' || hostname.includes('*') || pathname !== '/' || search || hash || username) return 'Give the origin alone: no path, no wildcard.';
  return null;
}

/**
 * The origin of a page that may frame the portal, as browsers write it (`https://workbench.example.com`): exact, so no
 * wildcard, and https unless it is this machine.
 */
export const originInput = z
  .string()
  .trim()
  .max(200, 'The address is too long.')
  .superRefine((text, context) => {
    const message = problemOf(text);
    if (message !== null) context.addIssue({ code: 'custom', message });
  })
  .transform((text) => (URL.canParse(text) ? new URL(text).origin : text));
