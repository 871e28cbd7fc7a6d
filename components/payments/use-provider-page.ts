'use client';

import { useState } from 'react';
import { attempt, type Failure } from '@/components/ui/attempt';
import { useEmbedding } from '@/components/ui/portal-link';
import type { ActionResult } from '@/lib/http/action';

/** A provider's page that is open in a window of its own. */
export interface OpenedPage {
  checkoutId: string;
  url: string;
  /** Whether the browser refused to open it. */
  isBlocked: boolean;
}

type Ask = () => Promise<ActionResult<{ url: string | null; checkoutId: string }>>;

/**
 * The way to a page of the provider's: the portal goes there itself. In a frame, where such pages do not show, it opens a window
 * by the click that asks for it, and stays; the window knows nothing of the frame, so what came of it is asked of our server.
 */
export function useProviderPage(): { isWindow: boolean; opened: OpenedPage | null; go: (ask: Ask) => Promise<Failure | null>; forget: () => void } {
  const isEmbedded = useEmbedding() !== null;
  const [opened, setOpened] = useState<OpenedPage | null>(null);

  async function go(ask: Ask): Promise<Failure | null> {
    // Before anything is waited for: browsers open windows only for a click.
    const page = isEmbedded ? window.open('about:blank', '_blank') : null;
    const result = await attempt(ask);
    if (!result.ok || result.value.url === null) {
      page?.close();
      return result.ok ? null : result;
    }
    const { url, checkoutId } = result.value;
    if (!isEmbedded) {
      location.assign(url);
      return null;
    }
    if (page) {
      page.opener = null;
      page.location.replace(url);
    }
    setOpened({ checkoutId, url, isBlocked: page === null });
    return null;
  }

  return { isWindow: isEmbedded, opened, go, forget: () => setOpened(null) };
}
