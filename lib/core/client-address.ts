/** The header in which the server tells the pages who is at the other end; one sent by the client is overwritten. */
export const clientAddressHeader = 'x-client-address';

/**
 * The network address of a client. Each proxy appends the address it was called from, so with `trustedProxies` of our own
 * the entry that many from the end is true; whatever a client wrote before it is not.
 * @param forwardedFor the X-Forwarded-For header
 * @param socketAddress the address of whoever opened the connection
 */
export function clientAddress(forwardedFor: string | undefined, socketAddress: string | undefined, trustedProxies: number): string {
  const forwarded = trustedProxies > 0 ? (forwardedFor ?? '').split(',').map((hop) => hop.trim()).filter(Boolean).at(-trustedProxies) : undefined;
  const address = forwarded ?? socketAddress ?? 'unknown';
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
