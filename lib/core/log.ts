import pino, { type DestinationStream, type Logger } from 'pino';
import { redact } from './redact';
import { settings } from './settings';

export type Log = Logger;

/** Turns one JSON line of the log into a line for a person at a terminal. */
export function readableLine(line: string): string {
  const { level, time, room, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const clockTime = typeof time === 'string' ? time.slice(11, 19) : '';
  const details = Object.entries(rest).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? [`\n${String(err.stack)}`] : [];
  return [clockTime, String(level).toUpperCase().padEnd(5), ...(room ? [`[${String(room)}]`] : []), msg, ...details, ...stack].join(' ') + '\n';
}

/** A log that writes to `destination`: JSON lines with the level by name and the time in ISO 8601, secrets redacted. */
export function createLog(level: string, destination: DestinationStream): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redact(fields) as Record<string, unknown>,
      },
    },
    destination,
  );
}

const terminal: DestinationStream = { write: (line) => void process.stdout.write(readableLine(line)) };

let root: Log | undefined;

/**
 * The log of this process; `room` names who speaks (`http`, `invoices`). JSON in production, readable lines in a demo.
 */
export function log(room?: string): Log {
  root ??= createLog(settings().logLevel, settings().demo ? terminal : pino.destination({ dest: 1, sync: true }));
  return room ? root.child({ room }) : root;
}
