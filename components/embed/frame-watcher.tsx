'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { usePortalRouter } from '@/components/ui/portal-link';
import { renewSessionsBy } from '../ui/attempt';
import { fetchInFrame, takeAppearance } from './frame-fetch';
import { rememberHost, renewSession } from './frame-session';
import { onHostMessage, tellHost } from './messages';
import { saveThroughFetch } from './save-through-fetch';
import { showWithin } from './visible-part';

/** What the page around the frame is told of when it changes. */
export interface Standing {
  plan: string | null;
  status: string | null;
  /** The invoice that was paid last. */
  paidInvoiceId: string | null;
}

interface FrameWatcherProps {
  accountId: string;
  /** The path below which the portal lies in the frame. */
  base: string;
  /** The page around the frame. */
  origin: string;
  standing: Standing;
}

const askEvery = 5 * 60 * 1000;

/** The path that a text names, without detours such as `..`, by which it would lead out of the portal. */
function pathOf(page: string): string {
  const { pathname, search, hash } = new URL(`/${page.replace(/^[/\\]+/, '')}`, location.origin);
  return pathname + search + hash;
}

/** Speaks with the page around the frame, and keeps the session alive while the frame is seen. Shows nothing. */
export function FrameWatcher({ accountId, base, origin, standing }: FrameWatcherProps) {
  // While the first page is made, before anything on it can ask the server.
  useState(() => typeof window !== 'undefined' && fetchInFrame(accountId));
  const router = useRouter();
  const portalRouter = usePortalRouter();
  const path = usePathname();
  const navigate = useRef(portalRouter.push);
  useEffect(() => {
    navigate.current = portalRouter.push;
  });

  useEffect(() => {
    tellHost([origin], { type: 'portal:opened' });
    return onHostMessage([origin], (message) => {
      if (message.type === 'portal:navigate') navigate.current(pathOf(message.page));
      if (message.type === 'portal:visible') showWithin(message);
      if (message.type !== 'portal:appearance') return;
      takeAppearance(message);
      const shown = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';
      if (message.language && message.language !== shown) router.refresh();
    });
  }, [origin, router]);

  useEffect(() => {
    tellHost([origin], { type: 'portal:navigated', path: path.startsWith(base) ? path.slice(base.length) : path });
  }, [origin, base, path]);

  useEffect(() => {
    const watch = new ResizeObserver(() => tellHost([origin], { type: 'portal:height', height: Math.ceil(document.body.getBoundingClientRect().height) }));
    watch.observe(document.body);
    return () => watch.disconnect();
  }, [origin]);

  const told = useRef(standing);
  const { plan, status, paidInvoiceId } = standing;
  useEffect(() => {
    const before = told.current;
    told.current = { plan, status, paidInvoiceId };
    if (paidInvoiceId !== null && paidInvoiceId !== before.paidInvoiceId) tellHost([origin], { type: 'portal:payment-done', invoiceId: paidInvoiceId });
    if (plan !== before.plan || status !== before.status) tellHost([origin], { type: 'portal:plan-changed', plan, status });
  }, [origin, plan, status, paidInvoiceId]);

  useEffect(() => {
    rememberHost(origin);
    return renewSessionsBy(() => renewSession(accountId, origin));
  }, [accountId, origin]);

  useEffect(() => {
    async function ask(): Promise<void> {
      if (document.hidden) return;
      const answer = await fetch('/api/auth/embed').catch(() => null);
      if (answer?.status === 401 && !(await renewSession(accountId, origin))) router.refresh();
    }
    const timer = setInterval(() => void ask(), askEvery);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [accountId, origin, router]);

  useEffect(() => saveThroughFetch(), []);
  return null;
}
