import type { ApprovalMessage } from './message';

/** What the buyer shall agree to, and its id. */
export interface Asked {
  kind: 'order' | 'setup' | 'subscription';
  token: string;
}

export interface Approved {
  payerId: string | null;
}

const paths: Record<Asked['kind'], string> = { order: '/checkoutnow?token=', setup: '/agreements/approve?approval_session_id=', subscription: '/webapps/billing/subscriptions?subscription_id=' };

/** Where a buyer agrees. */
export function addressOf(origin: string, { kind, token }: Asked, locale: string): string {
  return `${origin}${paths[kind]}${encodeURIComponent(token)}${locale ? `&locale=${encodeURIComponent(locale)}` : ''}`;
}

/** Leads the pop-up to the approval page and resolves with what the buyer did there; null when they cancelled or closed it. */
export function openApproval(popUp: Window, origin: string, asked: Asked, locale: string): Promise<Approved | null> {
  return new Promise((resolve) => {
    const finish = (answer: Approved | null): void => {
      window.removeEventListener('message', hear);
      clearInterval(watch);
      resolve(answer);
    };
    const hear = ({ origin: from, data }: MessageEvent<ApprovalMessage | undefined>): void => {
      if (from !== origin || data?.source !== 'paypal-sandbox' || data.token !== asked.token) return;
      finish(data.outcome === 'approved' ? { payerId: data.payerId } : null);
    };
    // A pop-up that tells its outcome closes at once: its message may still be on the way when it is seen closed.
    let seenClosed = 0;
    const watch = setInterval(() => {
      if (popUp.closed && (seenClosed += 1) > 2) finish(null);
    }, 200);
    window.addEventListener('message', hear);
    popUp.location.href = `${addressOf(origin, asked, locale)}&popup=1`;
  });
}
