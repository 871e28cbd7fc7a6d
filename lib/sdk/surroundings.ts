/** Throws in a browser: an API key that reaches one is no secret any more. */
export function assertServer(): void {
  const { process, window } = globalThis as { process?: { versions?: { node?: string } }; window?: { document?: unknown } };
  if (process?.versions?.node !== undefined && window?.document === undefined) return;
  throw new Error('The portal client runs in Node only: in a browser everybody could read the API key. Call your own backend, and the portal from there.');
}

const signals = ['SIGTERM', 'SIGINT'] as const;

/**
 * Calls `close` when the process is about to end: when it has nothing more to do, and when it is told to stop. A signal
 * ends the process as before once that is done, unless somebody else listens to it too and so decides when to end.
 * Gives back how to call it off.
 */
export function closeAtEnd(close: () => Promise<void>): () => void {
  const atEnd = (): void => void close();
  const onSignal = (signal: NodeJS.Signals): void => {
    void close().finally(() => {
      callOff();
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  };
  const callOff = (): void => {
    process.off('beforeExit', atEnd);
    for (const signal of signals) process.off(signal, onSignal);
  };
  process.once('beforeExit', atEnd);
  for (const signal of signals) process.on(signal, onSignal);
  return callOff;
}
