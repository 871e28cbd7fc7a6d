import { readdirSync, readFileSync } from 'node:fs';

/** A clock tick of Linux in microseconds. */
const tick = 10_000;

function fieldsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  } catch {
    return []; // It has ended.
  }
}

/** The process and everything it has started. Linux only. */
export function familyOf(pid: number): number[] {
  const parents = new Map(
    readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), Number(fieldsOf(Number(name))[1])]),
  );
  const family = [pid];
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family;
}

/** Microseconds of processor that the processes and their children that have ended used so far, in the kernel too. */
export function processorTime(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => fieldsOf(pid).slice(11, 15).reduce((ticks, field) => ticks + Number(field) * tick, sum), 0);
}

/** Bytes of memory that the process holds in the machine's own. */
export function residentMemory(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
