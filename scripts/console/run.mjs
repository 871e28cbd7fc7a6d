import { spawn } from 'node:child_process';
import { onStop } from './lifetime.mjs';
import { Failure } from './steps.mjs';

const keptCharacters = 200_000;

/**
 * Runs a program without a shell and gives back its exit code and output.
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, timeoutSeconds?: number, stream?: boolean, prefix?: string, account?: { uid: number, gid: number } }} [options]
 *   `account` is the user to run as; `stream` also shows the output while it comes; `prefix` goes before each shown line.
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>}
 */
export function run(program, parameters, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      ...options.account,
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that a time limit ends whatever the program started as well.
      detached: process.platform !== 'win32',
    });
    let output = '';
    let timedOut = false;
    const end = (/** @type {NodeJS.Signals} */ signal) => {
      try {
        if (process.platform === 'win32' || child.pid === undefined) child.kill(signal);
        else process.kill(-child.pid, signal);
      } catch {
        // It ended by itself in the meantime.
      }
    };
    const ended = new Promise((settle) => child.once('close', settle));
    const takeBack = onStop(() => {
      end('SIGTERM');
      return ended;
    });
    const limit = options.timeoutSeconds
      ? setTimeout(() => {
          timedOut = true;
          end('SIGTERM');
          setTimeout(() => end('SIGKILL'), 10_000).unref();
        }, options.timeoutSeconds * 1000)
      : undefined;
    const take = (/** @type {Buffer} */ chunk) => {
      const text = chunk.toString('utf8');
      output = (output + text).slice(-keptCharacters);
      if (options.stream) process.stdout.write(options.prefix ? text.replace(/^(?=.)/gm, options.prefix) : text);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const done = () => {
      clearTimeout(limit);
      takeBack();
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code) => {
      done();
      resolve({ code: code ?? 1, output, timedOut });
    });
  });
}

/**
 * Runs a program that has to succeed. Throws `Failure` with its output when it does not.
 * @param {string} program
 * @param {string[]} parameters
 * @param {string} problem the sentence to show, which says what to do
 * @param {Parameters<typeof run>[2]} [options]
 */
export async function mustRun(program, parameters, problem, options) {
  const result = await run(program, parameters, options);
  if (result.code !== 0) throw new Failure(problem, result.output);
  return result.output;
}
