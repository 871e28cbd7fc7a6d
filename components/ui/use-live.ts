'use client';

import { useEffect, useEffectEvent, useState } from 'react';

export interface LiveOptions<Value> {
  /** Names what is read: another is read from anew. */
  key: readonly unknown[];
  /** What the page came with. */
  first: Value;
  /** Reads it again, with what was read before; throws when it cannot. */
  read: (signal: AbortSignal, before: Value) => Promise<Value>;
  /** False for what does not move. */
  enabled?: boolean;
}

export interface Heard<Value> {
  data: Value;
  /** The last reading failed; `data` is what was read before it. */
  isError: boolean;
}

/**
 * What the server says, read again and again: every five seconds while it moves, less often while it does not or cannot be
 * read, never while the tab is hidden, and at once when it is shown again. What reads is loaded after the page.
 */
export function useLive<Value>({ key, first, read, enabled = true }: LiveOptions<Value>): Heard<Value> {
  const name = JSON.stringify(key);
  const [heard, setHeard] = useState<(Heard<Value> & { name: string }) | null>(null);

  const begin = useEffectEvent(async (isWanted: () => boolean): Promise<(() => void) | undefined> => {
    const { follow } = await import('./live-reading');
    if (!isWanted()) return undefined;
    return follow({ key, first, read }, (next) => setHeard({ ...next, name }));
  });
  const fail = useEffectEvent(() => setHeard({ data: first, isError: true, name }));

  useEffect(() => {
    if (!enabled) return;
    let wanted = true;
    const end = begin(() => wanted);
    end.catch(() => wanted && fail());
    return () => {
      wanted = false;
      end.then((stop) => stop?.(), () => undefined);
    };
  }, [name, enabled]);

  return heard?.name === name ? heard : { data: first, isError: false };
}
