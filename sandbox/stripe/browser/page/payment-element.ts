import type { StripeError, StripePaymentElementOptions } from '@stripe/stripe-js';
import type { Answer, FieldSettings, Question, ToFrame, ToPage } from '../messages';
import { words } from '../words';
import { IntegrationError } from './integration-error';

type Handler = (event: Record<string, unknown>) => unknown;

/** What an element needs of the group it belongs to. */
export interface ElementHome {
  /** The sandbox's origin. */
  origin: string;
  /** Rejects with Stripe's error when the client secret is of no use. */
  fieldSettings: (options: StripePaymentElementOptions) => Promise<FieldSettings>;
  forget: (element: PaymentElement) => void;
}

/** Card and bank account fields in a frame of the sandbox's origin; the page has only what the frame tells of them. */
export class PaymentElement {
  private readonly handlers = new Map<string, Set<Handler>>();
  private readonly answers = new Map<number, (answer: Answer) => void>();
  private frame: HTMLIFrameElement | undefined;
  private ready = false;
  private destroyed = false;
  private questions = 0;
  /** What the page asked for before the frame was there to do it. */
  private waiting: ToFrame[] = [];

  constructor(private readonly home: ElementHome, private options: StripePaymentElementOptions) {}

  on(event: string, handler: Handler): this {
    const known = this.handlers.get(event) ?? new Set();
    this.handlers.set(event, known.add(handler));
    return this;
  }

  once(event: string, handler: Handler): this {
    const first: Handler = (given) => {
      this.off(event, first);
      handler(given);
    };
    return this.on(event, first);
  }

  off(event: string, handler?: Handler): this {
    if (handler) this.handlers.get(event)?.delete(handler);
    else this.handlers.delete(event);
    return this;
  }

  mount(place: string | HTMLElement): void {
    if (this.destroyed) throw new IntegrationError('This Element has already been destroyed. Please create a new one.');
    const target = typeof place === 'string' ? document.querySelector(place) : place;
    if (!target) throw new IntegrationError(`The selector you specified (${String(place)}) applies to no DOM elements that are currently on the page.`);
    this.unmount();
    const frame = document.createElement('iframe');
    frame.src = `${this.home.origin}/_pages/element/payment?page=${encodeURIComponent(location.origin)}`;
    frame.title = words.en.frame;
    frame.setAttribute('allow', 'payment *');
    // Through the CSSOM: a page may forbid style attributes.
    for (const [name, value] of [['border', '0'], ['width', '100%'], ['display', 'block'], ['height', '0']] as const) frame.style.setProperty(name, value);
    this.frame = frame;
    addEventListener('message', this.hear);
    target.replaceChildren(frame);
    this.emit('loaderstart');
  }

  unmount(): void {
    removeEventListener('message', this.hear);
    this.frame?.remove();
    this.frame = undefined;
    this.ready = false;
    for (const answer of this.answers.values()) answer({ error: { type: 'api_error', message: 'The element was unmounted.' } });
    this.answers.clear();
  }

  destroy(): void {
    this.unmount();
    this.destroyed = true;
    this.handlers.clear();
    this.home.forget(this);
  }

  update(options: StripePaymentElementOptions): this {
    this.options = { ...this.options, ...options };
    void this.configure();
    return this;
  }

  focus = (): void => this.tell({ kind: 'focus' });
  blur = (): void => this.tell({ kind: 'blur' });
  clear = (): void => this.tell({ kind: 'clear' });

  collapse(): this {
    this.tell({ kind: 'collapse' });
    return this;
  }

  /** Asks the frame, once it is ready. */
  ask(question: Question): Promise<Answer> {
    if (!this.frame) throw new IntegrationError('The Element is not mounted: mount it before you submit or confirm.');
    this.questions += 1;
    const number = this.questions;
    return new Promise((resolve) => {
      this.answers.set(number, resolve);
      this.tell({ kind: 'ask', number, question });
    });
  }

  /** Says the settings to the frame again, after the group's have changed. */
  async configure(): Promise<void> {
    const frame = this.frame;
    if (!frame) return;
    try {
      const settings = await this.home.fieldSettings(this.options);
      if (frame !== this.frame) return;
      frame.title = words[settings.language].frame;
      // With another scheme than its fields a frame is not see-through.
      frame.style.setProperty('color-scheme', settings.appearance.theme === 'night' ? 'dark' : 'light');
      this.post({ kind: 'configure', settings });
    } catch (error) {
      this.emit('loaderror', { error: error as StripeError });
    }
  }

  private tell(message: ToFrame): void {
    if (this.ready) this.post(message);
    else this.waiting.push(message);
  }

  private post(message: ToFrame): void {
    this.frame?.contentWindow?.postMessage(message, this.home.origin);
  }

  private emit(event: string, details: Record<string, unknown> = {}): void {
    for (const handler of [...(this.handlers.get(event) ?? [])]) handler({ elementType: 'payment', ...details });
  }

  private hear = (event: MessageEvent<ToPage>): void => {
    if (event.origin !== this.home.origin || !this.frame || event.source !== this.frame.contentWindow) return;
    const message = event.data;
    switch (message.kind) {
      case 'loaded':
        void this.configure();
        break;
      case 'ready':
        this.ready = true;
        for (const told of this.waiting.splice(0)) this.post(told);
        this.emit('ready');
        break;
      case 'height':
        this.frame.style.setProperty('height', `${message.pixels}px`);
        break;
      case 'change': {
        const { complete, empty, collapsed, type, country, postalCode } = message;
        const billingDetails = type === 'card' ? { billingDetails: { address: { country, postalCode } } } : {};
        this.emit('change', { complete, empty, collapsed, value: { type, ...billingDetails } });
        break;
      }
      case 'answer':
        this.answers.get(message.number)?.(message.answer);
        this.answers.delete(message.number);
        break;
      default:
        this.emit(message.kind);
    }
  };
}
