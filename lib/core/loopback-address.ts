const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** Whether the text is the address of a server on this machine, without a path or anything else beside. */
export function isLoopbackAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, username } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && loopback.includes(hostname) && pathname === '/' && search === '' && username === '';
}
