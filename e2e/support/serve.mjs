import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

// Starts the portal for the specs. All that it says goes to the file; warnings and errors are shown as well.
const [, , logFile = ''] = process.argv;
const log = createWriteStream(logFile);
const portal = spawn(process.execPath, ['scripts/start.mjs'], { stdio: ['ignore', 'pipe', 'pipe'] });

for (const stream of [portal.stdout, portal.stderr]) {
  stream.setEncoding('utf8').on('data', (text) => {
    log.write(text);
    const worthSeeing = text.split('\n').filter((line) => / (WARN|ERROR|FATAL) |✗/.test(line));
    if (worthSeeing.length > 0) process.stdout.write(`${worthSeeing.join('\n')}\n`);
  });
}
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => portal.kill(signal));
portal.once('exit', (code) => log.end(() => process.exit(code ?? 1)));
