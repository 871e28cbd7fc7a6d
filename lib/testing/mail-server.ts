import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail server on this machine that keeps what it takes; while `refusing` it takes nothing. */
export interface TestMailServer {
  url: string;
  taken: string[];
  refusing: boolean;
  stop(): Promise<void>;
}

export async function startMailServer(): Promise<TestMailServer> {
  const sockets = new Set<Socket>();
  const state: Pick<TestMailServer, 'taken' | 'refusing'> = { taken: [], refusing: false };
  const server = createServer((socket) => {
    sockets.add(socket);
    let inMail = false;
    let text = '';
    const answer = (line: string): string | null => {
      if (inMail) {
        if (line !== '.') text += `${line}\n`;
        if (line !== '.') return null;
        inMail = false;
        state.taken.push(text);
        text = '';
        return '250 taken';
      }
      if (/^MAIL/i.test(line) && state.refusing) return '451 come again';
      if (/^DATA/i.test(line)) {
        inMail = true;
        return '354 go on';
      }
      return /^QUIT/i.test(line) ? '221 bye' : '250 ok';
    };
    let rest = '';
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const reply = answer(line);
        if (reply !== null) socket.write(`${reply}\r\n`);
      }
    });
    socket.on('error', () => undefined);
    socket.write('220 test\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
