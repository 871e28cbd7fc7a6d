/** @type {(() => unknown)[]} */
const closers = [];
/** @type {Promise<never> | undefined} */
let ending;

/**
 * Has `close` called when the command ends, the latest first; it may take its time. Returns a function that takes it back.
 * @param {() => unknown} close
 */
export function onStop(close) {
  closers.push(close);
  return () => {
    const index = closers.indexOf(close);
    if (index >= 0) closers.splice(index, 1);
  };
}

/** Whether the command is on its way out, so that a step that fails now failed because of that. */
export function isStopping() {
  return ending !== undefined;
}

/**
 * Closes everything in turn and ends the process. A second call changes nothing.
 * @param {number} exitCode
 * @returns {Promise<never>}
 */
export function stop(exitCode) {
  ending ??= (async () => {
    for (const close of [...closers].reverse()) {
      try {
        await close();
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
    return process.exit(exitCode);
  })();
  return ending;
}

/** Ends the command in good order on Ctrl-C, on a polite kill, on a closed terminal and when npm, who started it, is gone. */
export function stopOnSignals() {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) {
    process.on(signal, () => {
      if (!ending) process.stdout.write('\n  stopping …\n');
      void stop(0);
    });
  }
  if (!process.env.npm_lifecycle_event) return;
  const starter = process.ppid;
  setInterval(() => {
    if (process.ppid !== starter) void stop(0);
  }, 1000).unref();
}
