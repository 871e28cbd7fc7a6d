'use client';

import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import { changeCredentials, fetchInFrame, takeAppearance } from './frame-fetch';
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

/** Milliseconds until somebody who waits is told that the page around the frame says nothing. */
const patience = 10_000;

/** Milliseconds in which no session ends by itself: one that is gone so soon was not kept, and another would not be either. */
const soon = 10_000;

/** When the last session was had, by the page's own clock. It outlives the door, which is left for the pages. */
let enteredAt: number | null = null;

type Problem = 'alone' | 'silent' | 'refused' | 'unreachable';

/** Hands the one-time token in. Gives back the code of the refusal, or null. */
async function exchange(accountId: string, token: string, origin: string): Promise<string | null> {
  const answer = await fetch('/api/auth/embed', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, account: accountId, origin }) });
  const { code, payload } = (await answer.json()) as { code: string; payload: { bearer?: string } };
  if (!answer.ok) return code;
  changeCredentials({ bearer: null });
  const isCookieKept = (await fetch('/api/auth/embed')).ok;
  if (!isCookieKept) changeCredentials({ bearer: payload.bearer ?? null });
  return null;
}

/** The empty first page of the frame: asks the page around it for a one-time token, gets a session for it, and shows the portal. */
export function EmbedDoor({ accountId, origins, startHref, sessionEnded }: EmbedDoorProps) {
  const text = useTranslations('embed');
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | null>(null);
  const entering = useRef(false);

  useEffect(() => {
    fetchInFrame(accountId);
    async function enter(token: string, origin: string): Promise<void> {
      if (entering.current) return;
      entering.current = true;
      try {
        const code = await exchange(accountId, token, origin);
        if (code === null) {
          enteredAt = performance.now();
          return router.replace(startHref);
        }
        setProblem('refused');
        tellHost([origin], { type: 'portal:error', code });
      } catch {
        setProblem('unreachable');
      }
      entering.current = false;
    }
    const stop = onHostMessage(origins, (message, origin) => {
      if (message.type === 'portal:token') void enter(message.token, origin);
      if (message.type === 'portal:appearance') takeAppearance(message);
    });
    const isLostAtOnce = sessionEnded && enteredAt !== null && performance.now() - enteredAt < soon;
    const isAlone = window.parent === window;
    if (isLostAtOnce) {
      tellHost(origins, { type: 'portal:error', code: 'session_expired' });
    } else {
      if (sessionEnded) tellHost(origins, { type: 'portal:session-expired' });
      tellHost(origins, { type: 'portal:ready' });
    }
    const expected: Problem = isLostAtOnce ? 'refused' : isAlone ? 'alone' : 'silent';
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
