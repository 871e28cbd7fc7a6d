import type { PayPalButtonsComponent, PayPalButtonsComponentOptions } from '@paypal/paypal-js';
import { addressOf, openApproval, type Approved, type Asked } from './pop-up';

const script = document.currentScript as HTMLScriptElement;
const locale = new URL(script.src).searchParams.get('locale') ?? '';
const namespace = script.dataset.namespace ?? 'paypal';

const labels = locale.toLowerCase().startsWith('zh') ? { button: '使用 PayPal 付款（沙盒环境）' } : { button: 'PayPal (sandbox)' };

const FUNDING = { PAYPAL: 'paypal', VENMO: 'venmo', CREDIT: 'credit', PAYLATER: 'paylater', CARD: 'card' } as const;

/** Has the seller's page make what the buyer shall agree to. */
async function prepare(options: PayPalButtonsComponentOptions): Promise<Asked> {
  const refuse = (): never => {
    throw new Error('The sandbox makes nothing in the browser: have the seller\'s server make it.');
  };
  if (options.createVaultSetupToken) return { kind: 'setup', token: await options.createVaultSetupToken() };
  if (options.createSubscription) return { kind: 'subscription', token: await options.createSubscription({}, { subscription: { create: refuse, revise: refuse } }) };
  if (options.createOrder) return { kind: 'order', token: await options.createOrder({ paymentSource: 'paypal' }, { order: { create: refuse } }) };
  throw new Error('Buttons need createOrder, createVaultSetupToken or createSubscription.');
}

function dataOf({ kind, token }: Asked, payerID: string | null) {
  return {
    orderID: kind === 'order' ? token : '',
    payerID,
    ...(kind === 'setup' && { vaultSetupToken: token }),
    ...(kind === 'subscription' && { subscriptionID: token }),
    paymentSource: 'paypal',
  };
}

const asError = (reason: unknown): Record<string, unknown> => (reason instanceof Error ? reason : new Error(String(reason))) as unknown as Record<string, unknown>;

/** One click: the pop-up opens within it, since browsers let no other open. */
async function run(options: PayPalButtonsComponentOptions): Promise<void> {
  const { origin } = new URL(script.src);
  const popUp = window.open(`${origin}/_pages/approval/wait?locale=${encodeURIComponent(locale)}`, '_blank', 'popup,width=500,height=720');
  if (!popUp) return options.onError?.(asError(new Error('The browser did not let the pop-up open.')));
  try {
    let wanted = true;
    await options.onClick?.({ fundingSource: 'paypal' }, { resolve: async () => undefined, reject: async () => void (wanted = false) });
    if (!wanted) return popUp.close();
    const asked = await prepare(options);
    const answer: Approved | null = await openApproval(popUp, origin, asked, locale);
    if (!answer) return options.onCancel?.(dataOf(asked, null), { redirect: () => undefined });
    await options.onApprove?.(dataOf(asked, answer.payerId), {
      redirect: (address) => location.assign(address),
      restart: () => location.assign(addressOf(origin, asked, locale)),
    });
  } catch (reason) {
    popUp.close();
    options.onError?.(asError(reason));
  }
}

function buttonFor(click: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = labels.button;
  Object.assign(button.style, { width: '100%', minHeight: '44px', border: '0', borderRadius: '6px', background: '#ffc439', color: '#111827', font: '600 16px system-ui, sans-serif', cursor: 'pointer' });
  button.addEventListener('click', click);
  return button;
}

function Buttons(given: PayPalButtonsComponentOptions = {}): PayPalButtonsComponent {
  const options = { ...given };
  let button: HTMLButtonElement | null = null;
  let underWay = false;
  const click = (): void => {
    if (underWay) return;
    underWay = true;
    void run(options).finally(() => (underWay = false));
  };
  const enable = (enabled: boolean) => async (): Promise<void> => {
    if (button) button.disabled = !enabled;
  };
  return {
    isEligible: () => !options.fundingSource || options.fundingSource === FUNDING.PAYPAL,
    async render(container) {
      const place = typeof container === 'string' ? document.querySelector(container) : container;
      if (!place) throw new Error(`Expected element to be present: ${String(container)}`);
      button = buttonFor(click);
      place.append(button);
      options.onInit?.({}, { enable: enable(true), disable: enable(false) });
    },
    async close() {
      button?.remove();
      button = null;
    },
    updateProps: async (changed) => void Object.assign(options, changed),
    resume: () => undefined,
    hasReturned: () => false,
  };
}

Object.assign(window, {
  [namespace]: { version: '5.0.0-sandbox', FUNDING, Buttons, getFundingSources: () => [FUNDING.PAYPAL], isFundingEligible: (source: string) => source === FUNDING.PAYPAL },
});
