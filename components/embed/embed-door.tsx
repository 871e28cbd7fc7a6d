'use client';

import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import { fetchInFrame, takeAppearance } from './frame-fetch';
import { askForToken, enter, isLostAtOnce, lastHost, patience } from './frame-session';
import { onHostMessage, tellHost } from './messages';

interface EmbedDoorProps {
  accountId: string;
  /** Who may show the portal of this account. */
  origins: readonly string[];
  /** The address, in the frame, of the page to show. */
  startHref: string;
  /** Whether a session ended and another is wanted. */
  sessionEnded: boolean;
}

type Problem = 'alone' | 'silent' | 'refused' | 'unreachable' | 'unlisted';

/** The page around the frame, if it may no longer show the portal, though it did. */
function unlistedHost(origins: readonly string[]): string | null {
  const host = lastHost();
  return host !== null && !origins.includes(host) ? host : null;
}

/** The empty first page of the frame: asks the page around it for a one-time token, gets a session for it, and shows the portal. */
export function EmbedDoor({ accountId, origins, startHref, sessionEnded }: EmbedDoorProps) {
  const text = useTranslations('embed');
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const entering = useRef(false);

  useEffect(() => {
    fetchInFrame(accountId);
    async function open(token: string, origin: string): Promise<void> {
      if (entering.current) return;
      entering.current = true;
      try {
        if (await enter(accountId, token, origin)) return router.replace(startHref);
        setProblem('refused');
      } catch {
        setProblem('unreachable');
      }
      entering.current = false;
    }
    const stop = onHostMessage(origins, (message, origin) => {
      if (message.type === 'portal:token') void open(message.token, origin);
      if (message.type === 'portal:appearance') takeAppearance(message);
    });
    const unlisted = unlistedHost(origins);
    const isLost = sessionEnded && isLostAtOnce();
    if (unlisted !== null) tellHost([unlisted], { type: 'portal:error', code: 'origin_not_allowed' });
    else if (isLost) tellHost(origins, { type: 'portal:error', code: 'session_expired' });
    else askForToken(origins, sessionEnded);
    const expected: Problem = unlisted !== null ? 'unlisted' : isLost ? 'refused' : window.parent === window ? 'alone' : 'silent';
    const waited = setTimeout(() => !entering.current && setProblem(expected), expected === 'silent' ? patience : 0);
    return () => {
      stop();
      clearTimeout(waited);
    };
  }, [accountId, origins, startHref, sessionEnded, router]);

  return (
    <main className="grid min-h-64 place-items-center p-6">
      {problem ? (
        <Notice
          tone={problem === 'alone' ? 'accent' : 'warning'}
          urgent
          title={text(`problem_${problem}`)}
          action={
            <a href="/" target="_blank" rel="noopener" className="font-medium text-accent-ink underline underline-offset-2">
              {text('openInTab')}
            </a>
          }
        >
          {text(`problemText_${problem}`)}
        </Notice>
      ) : (
        <p role="status" className="flex items-center gap-2.5 text-ink-muted">
          <Spinner />
          {text('opening')}
        </p>
      )}
    </main>
  );
}
