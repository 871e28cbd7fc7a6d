import { connect } from 'node:net';

// The load generator, a process of its own: plain sockets that are kept open, requests made beforehand, and no more
// parsing than it takes to know that an answer is whole, so that it is not what is measured.

/**
 * @typedef {{ host: string, port: number } | { path: string }} Target a Unix socket where it has a path
 * @typedef {{ target: Target, connections: number, seconds: number, method: string, path: string, headers: Record<string, string>,
 *   body: string, accounts: string[], expected: string, atLeast?: number, numbered?: { mark: string, from: number } }} Load goes
 *   on past its seconds until `atLeast` requests were sent; `accounts` are named in turn in the Portal-Account header; wherever
 *   the `mark` stands in the body, each request has a number of its own; an answer counts as accepted when it is a 200 whose
 *   text has `expected` in it
 * @typedef {{ accepted: number, other: Record<string, number>, perSecond: number, p50: number, p99: number, seconds: number }} Outcome latencies in ms
 */

/** @param {Load} load @returns {Buffer[]} */
function requestsOf({ method, path, headers, body, accounts }) {
  const fixed = Object.entries({ ...headers, 'Content-Length': String(Buffer.byteLength(body)) }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const named = accounts.length > 0 ? accounts.map((account) => `Portal-Account: ${account}\r\n`) : [''];
  return named.map((line) => Buffer.from(`${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${fixed}${line}\r\n${body}`));
}

/**
 * Where the mark stands in each request, so that another number can be written there before it is sent again.
 * @param {Buffer} request @param {string} mark
 */
function placesOf(request, mark) {
  const places = [];
  for (let place = request.indexOf(mark); place >= 0; place = request.indexOf(mark, place + mark.length)) places.push(place);
  return places;
}

/** Bytes of the whole answer that begins the buffer, or 0 while it is not whole. @param {Buffer} data */
function wholeAnswer(data) {
  const headEnd = data.indexOf('\r\n\r\n');
  if (headEnd < 0) return 0;
  const head = data.latin1Slice(0, headEnd);
  const declared = /\r\ncontent-length: (\d+)/i.exec(head);
  if (declared) {
    const size = headEnd + 4 + Number(declared[1]);
    return data.length >= size ? size : 0;
  }
  return data.latin1Slice(data.length - 5) === '0\r\n\r\n' ? data.length : 0;
}

/** @param {Load} load @returns {Promise<Outcome>} */
function run(load) {
  const requests = requestsOf(load);
  const { numbered } = load;
  const places = numbered ? requests.map((request) => placesOf(request, numbered.mark)) : [];
  const expected = Buffer.from(load.expected);
  const latencies = new Float64Array(load.seconds * 60_000 + (load.atLeast ?? 0) + 100_000);
  /** @type {Record<string, number>} */
  const other = {};
  let count = 0;
  let accepted = 0;
  let step = 0;
  let open = load.connections;
  const started = performance.now();
  const ends = started + load.seconds * 1000;
  return new Promise((resolve, reject) => {
    const done = () => {
      const seconds = (performance.now() - started) / 1000;
      const sorted = latencies.subarray(0, count).sort();
      const at = (/** @type {number} */ share) => sorted[Math.floor(count * share)] ?? 0;
      resolve({ accepted, other, perSecond: count / seconds, p50: at(0.5), p99: at(0.99), seconds });
    };
    for (let index = 0; index < load.connections; index += 1) {
      let since = 0;
      let pending = Buffer.alloc(0);
      const send = () => {
        since = performance.now();
        // A prime step, so that neighbours in time are no neighbours in the table.
        const chosen = (step * 7919) % requests.length;
        let request = /** @type {Buffer} */ (requests[chosen]);
        if (numbered) {
          request = Buffer.from(request); // The one before may still be on its way.
          const number = String(numbered.from + step).padStart(numbered.mark.length, '0');
          for (const place of places[chosen] ?? []) request.latin1Write(number, place);
        }
        step += 1;
        socket.write(request);
      };
      const take = (/** @type {Buffer} */ chunk) => {
        const data = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
        if (wholeAnswer(data) === 0) {
          pending = Buffer.from(data);
          return;
        }
        pending = Buffer.alloc(0);
        const now = performance.now();
        if (count < latencies.length) latencies[count++] = now - since;
        const status = data.latin1Slice(9, 12);
        if (status === '200' && data.includes(expected)) accepted += 1;
        else other[status] = (other[status] ?? 0) + 1;
        if (now < ends || step < (load.atLeast ?? 0)) send();
        else socket.end();
      };
      const socket = connect({
        ...load.target,
        noDelay: true,
        onread: {
          buffer: Buffer.alloc(64 * 1024),
          callback: (size, buffer) => {
            take(/** @type {Buffer} */ (buffer).subarray(0, size));
            return true;
          },
        },
      });
      socket.once('connect', send);
      socket.once('error', reject);
      socket.once('close', () => {
        open -= 1;
        if (open === 0) done();
      });
    }
  });
}

process.on('message', (/** @type {Load} */ load) => {
  run(load).then(
    (outcome) => process.send?.(outcome),
    (/** @type {unknown} */ error) => {
      throw error;
    },
  );
});
