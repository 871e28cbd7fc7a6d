import type { Stripe as StripeJs, StripeElements } from '@stripe/stripe-js';
import { brandName } from '../card';
import { element } from '../dom';
import { languageOf, refusal } from '../words';
import type { PayAnswer, SessionView } from './session-view';
import { checkoutWords, money } from './words';

declare const Stripe: (publishableKey: string, options: { locale: string }) => StripeJs;

const address = location.pathname;

async function ask<Shape>(path: string, form?: Record<string, string>): Promise<Shape> {
  const response = await fetch(`${address}${path}`, form ? { method: 'POST', body: new URLSearchParams(form) } : {});
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Shape;
}

const readSession = (): Promise<SessionView | null> => ask<SessionView | null>('/session');

function link(text: string, url: string, className: string): HTMLAnchorElement {
  const made = element('a', className, text);
  made.href = url;
  return made;
}

/** A page that offers nothing but the way on or back. */
function notice(title: string, text: string, ways: HTMLAnchorElement[]): HTMLElement {
  return element('main', 'Notice', element('h1', '', title), element('p', '', text), ...ways);
}

function showClosed(session: SessionView | null): HTMLElement {
  const said = checkoutWords[languageOf(session?.locale)];
  if (!session) return notice(said.unknown, said.unknownText, []);
  if (session.status === 'expired') return notice(said.expired, said.expiredText, session.cancelUrl ? [link(said.back, session.cancelUrl, 'Button')] : []);
  return notice(said.complete, session.paymentStatus === 'unpaid' ? said.pendingText : said.completeText, session.successUrl ? [link(said.goOn, session.successUrl, 'Button')] : []);
}

function summary(session: SessionView): HTMLElement {
  const language = languageOf(session.locale);
  const said = checkoutWords[language];
  const lines = session.lines.map(({ description, quantity, amount, interval, intervalCount }) => {
    const every = interval as keyof typeof said.every | null;
    const recurrence = every === null ? '' : intervalCount === 1 ? said.every[every] : said.everyMany[every](intervalCount);
    const name = element('span', 'LineName', description, ...(quantity > 1 ? [' ', element('span', 'Quiet', said.quantity(quantity))] : []));
    return element('li', '', name, element('span', 'LineAmount', money(language, amount, session.currency), ...(recurrence ? [element('span', 'Quiet', recurrence)] : [])));
  });
  const back = session.cancelUrl ? [link(`← ${said.back}`, session.cancelUrl, 'Back')] : [];
  const title = element('h1', '', said.titles[session.mode]);
  if (session.mode === 'setup') return element('section', 'Summary', ...back, title);
  const total = element('p', 'Total', element('span', '', said.total), element('strong', '', money(language, session.total, session.currency)));
  const trial = session.trialDays > 0 ? [element('p', 'Quiet', said.trial(session.trialDays))] : [];
  const list = element('ul', 'Lines', ...lines);
  list.setAttribute('aria-label', said.order);
  return element('section', 'Summary', ...back, title, list, ...trial, total);
}

/** The form: whose payment it is, a saved card or new details, and one button. */
function payForm(session: SessionView): HTMLElement {
  const language = languageOf(session.locale);
  const said = checkoutWords[language];
  const stripe = Stripe(session.publishableKey, { locale: language });
  const appearance = { theme: matchMedia('(prefers-color-scheme: dark)').matches ? ('night' as const) : ('stripe' as const) };
  const elements: StripeElements = stripe.elements({ mode: 'setup', currency: session.currency, allowedPaymentMethodTypes: session.paymentMethodTypes, locale: language, appearance });
  const fields = element('div', 'Element');
  elements.create('payment', { defaultValues: { billingDetails: { email: session.email ?? '' } } }).mount(fields);

  const email = element('input', 'Input');
  Object.assign(email, { id: 'email', name: 'email', type: 'email', autocomplete: 'email', value: session.email ?? '', readOnly: session.email !== null, required: true });
  const emailLabel = element('label', 'Label', said.email);
  emailLabel.htmlFor = 'email';

  const keep = element('input', '');
  Object.assign(keep, { type: 'checkbox', name: 'save' });
  const keepLabel = element('label', 'Choice', keep, element('span', '', said.save));

  const choice = (value: string, checked: boolean, ...text: (Node | string)[]) => {
    const radio = element('input', '');
    Object.assign(radio, { type: 'radio', name: 'method', value, checked });
    return element('label', 'Choice', radio, element('span', '', ...text));
  };
  const cards = session.savedCards.map(({ id, brand, last4, expiry }, index) => choice(id, index === 0, said.saved(brandName(brand), last4), ' ', element('span', 'Quiet', said.expires(expiry))));
  const methods = element('fieldset', 'Methods', element('legend', 'Label', said.method), ...(cards.length > 0 ? [...cards, choice('new', false, said.another)] : []));

  const failure = element('p', 'Failure');
  failure.setAttribute('role', 'alert');
  const caption = session.mode === 'setup' ? said.saveButton : session.mode === 'subscription' ? said.subscribe : said.pay(money(language, session.total, session.currency));
  const button = element('button', 'Button', caption);
  button.type = 'submit';
  const form = element('form', 'Pay', element('div', 'Field', emailLabel, email), methods, fields, ...(session.offersToSave ? [keepLabel] : []), failure, button);
  form.noValidate = true;

  const chosen = () => (new FormData(form).get('method') as string | null) ?? 'new';
  const render = () => {
    fields.hidden = chosen() !== 'new';
    keepLabel.hidden = chosen() !== 'new';
  };
  methods.addEventListener('change', render);
  render();

  const fail = (message: string | undefined) => {
    failure.textContent = message ?? said.failed;
  };

  /** Shows what came of it; leaves the page when all is done. */
  async function settle(answer: PayAnswer): Promise<void> {
    if (answer.kind === 'complete') return location.assign(answer.successUrl);
    if (answer.kind === 'declined') return fail(refusal(language, { code: answer.code ?? undefined, decline_code: answer.declineCode ?? undefined, message: answer.message }));
    if (answer.kind === 'challenge') {
      const { error } = await stripe.handleNextAction({ clientSecret: answer.clientSecret });
      if (error) return fail(error.message);
    }
    const after = await readSession();
    if (after?.status === 'complete' && after.successUrl) return location.assign(after.successUrl);
    if (after?.status !== 'open') show(after);
  }

  async function pay(): Promise<void> {
    if (!email.checkValidity()) {
      email.focus();
      return fail(said.emailFault);
    }
    let paymentMethod = chosen();
    if (paymentMethod === 'new') {
      const checked = await elements.submit();
      if (checked.error) return fail(checked.error.message);
      const made = await stripe.createPaymentMethod({ elements, params: { billing_details: { email: email.value } } });
      if (made.error) return fail(made.error.message);
      paymentMethod = made.paymentMethod.id;
    }
    await settle(await ask<PayAnswer>('/pay', { payment_method: paymentMethod, email: email.value, save: String(keep.checked) }));
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    button.textContent = said.working;
    failure.textContent = '';
    void pay()
      .catch(() => fail(said.failed))
      .finally(() => {
        button.disabled = false;
        button.textContent = caption;
      });
  });
  return form;
}

function show(session: SessionView | null): void {
  const language = languageOf(session?.locale);
  const said = checkoutWords[language];
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = session?.status === 'open' ? said.titles[session.mode] : said.complete;
  const mark = element('p', 'Mark', said.sandbox);
  const content = session?.status === 'open' ? element('main', 'Checkout', summary(session), payForm(session)) : showClosed(session);
  document.body.replaceChildren(mark, content);
}

void readSession().then(show, () => document.body.replaceChildren(notice(checkoutWords[languageOf('auto')].failed, '', [])));
