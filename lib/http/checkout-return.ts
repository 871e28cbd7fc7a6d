import { authenticate } from '@/lib/auth/authenticate';
import type { Caller } from '@/lib/auth/caller';
import { clockFor } from '@/lib/billing/accounts/test-clocks/account-clock';
import { readCheckoutStanding } from '@/lib/billing/workflows/checkout/checkout-status';
import { expireCheckout } from '@/lib/billing/workflows/checkout/refresh-checkout';
import { systemClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { idInput } from '@/lib/core/input';
import { log } from '@/lib/core/log';
import { settings } from '@/lib/core/settings';

/** Where a window is sent that is not signed in, such as one that the portal in a frame opened: to go back by itself. */
const signedOut = '/payment-return';

/** Where somebody is sent of whom nothing is known but the address they opened. */
const neutral = '/billing?checkout=unknown';

function redirect(path: string): Response {
  return new Response(null, { status: 303, headers: { location: `${settings().appUrl}${path}`, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } });
}

/** Who opened the address; null: nobody who is signed in. */
async function visitor(request: Request): Promise<Caller | null> {
  try {
    return await authenticate({ header: (name) => request.headers.get(name) }, systemClock);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** The path of the session's page, once the gateway was asked what became of it; null for a session of somebody else. */
async function settled(caller: Caller, outcome: 'success' | 'cancel', id: string): Promise<string | null> {
  const context: Context = { actor: caller.actor, accountId: caller.accountId, clock: await clockFor(caller.accountId, systemClock), requestId: newId('req') };
  const session = await readCheckoutStanding(context, id).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'not_found') return null;
    throw error;
  });
  if (!session) return null;
  if (outcome === 'cancel' && session.status === 'in_progress') await close(context, id);
  const page = new URL(session.returnPath, settings().appUrl);
  page.searchParams.set('checkout', id);
  return `${page.pathname}${page.search}${page.hash}`;
}

/** A page that cannot be closed now is closed by the job, or the next time something is paid. */
async function close(context: Context, id: string): Promise<void> {
  try {
    await expireCheckout(context, id);
  } catch (error) {
    log('payments').warn({ err: error, checkout: id }, 'a page of the gateway that the customer left could not be closed');
  }
}

/**
 * The address that a gateway sends the browser back to. It proves nothing: what became of the session is asked for at the
 * gateway, and told by the page that follows. Opened twice it changes nothing more; opened by somebody else, or without a
 * session, it tells nothing.
 */
export function checkoutReturn(outcome: 'success' | 'cancel'): (request: Request) => Promise<Response> {
  return async (request) => {
    const id = idInput.safeParse(new URL(request.url).searchParams.get('session'));
    const caller = await visitor(request);
    if (!caller) return redirect(signedOut);
    const maySee = id.success && caller.permissions.includes('payment:write');
    return redirect((maySee && (await settled(caller, outcome, id.data))) || neutral);
  };
}
