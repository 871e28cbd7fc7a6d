/** A request in its plainest form. */
export interface PlainRequest {
  method: 'GET' | 'POST';
  /** Where it goes, without the query. */
  path: string;
  /** The query with its question mark, or nothing. */
  search: string;
  /** By their names in lower case. */
  headers: Map<string, string>;
  body: string;
  /** Bytes of the body that are still to come. */
  missing: number;
}

const largestHead = 8 * 1024;

/** Anything but printable ASCII in whole lines. */
const odd = /[^\t\x20-\x7e\r\n]|\r(?!\n)|(?<!\r)\n/;
const headerName = /^[a-z0-9-]+$/;
const size = /^\d{1,6}$/;
const endOfHead = '\r\n\r\n';
const version = ' HTTP/1.1';

/** What changes how a message is read or where its connection goes. */
const special = new Set(['transfer-encoding', 'trailer', 'te', 'expect', 'upgrade', 'http2-settings', 'proxy-connection']);

/** Adds the headers of the lines to `headers`; false where one is not plain. */
function readHeaders(head: string, from: number, headers: Map<string, string>): boolean {
  let start = from;
  while (start < head.length) {
    const lineEnd = head.indexOf('\r\n', start);
    const end = lineEnd < 0 ? head.length : lineEnd;
    const colon = head.indexOf(':', start);
    if (colon < 0 || colon > end) return false;
    const name = head.slice(start, colon).toLowerCase();
    // A name that is there twice would have to be joined by the rules of that name.
    if (!headerName.test(name) || special.has(name) || headers.has(name)) return false;
    headers.set(name, head.slice(colon + 1, end).trim());
    start = end + 2;
  }
  return true;
}

/**
 * Reads bytes that are one HTTP/1.1 request (RFC 9112) with its whole head and nothing after it, in the form that nearly
 * every client of an API sends: GET or POST, printable ASCII, each header once, a length instead of chunks. Null for
 * everything else, were it in order or not: what is read here means the same to `node:http`, and whatever is in doubt is left to it.
 */
export function readPlainRequest(bytes: Buffer): PlainRequest | null {
  const headEnd = bytes.indexOf(endOfHead);
  if (headEnd < 0 || headEnd > largestHead) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  if (odd.test(head)) return null;
  const lineEnd = head.indexOf('\r\n');
  if (lineEnd < 0 || !head.startsWith(version, lineEnd - version.length)) return null;
  const method = head.startsWith('POST /') ? 'POST' : head.startsWith('GET /') ? 'GET' : null;
  if (!method) return null;
  const target = head.slice(method.length + 1, lineEnd - version.length);
  if (target.includes(' ') || target.includes('\t') || target.includes('#')) return null;

  const headers = new Map<string, string>();
  if (!readHeaders(head, lineEnd + 2, headers) || !headers.has('host')) return null;
  const connection = headers.get('connection');
  if (connection !== undefined && connection.toLowerCase() !== 'keep-alive') return null;
  const declared = headers.get('content-length') ?? '0';
  const bodyStart = headEnd + endOfHead.length;
  if (!size.test(declared)) return null;
  const missing = bodyStart + Number(declared) - bytes.length;
  if (missing < 0) return null;

  const query = target.indexOf('?');
  return {
    method,
    path: query < 0 ? target : target.slice(0, query),
    search: query < 0 ? '' : target.slice(query),
    headers,
    body: missing > 0 ? '' : bytes.toString('utf8', bodyStart),
    missing,
  };
}
