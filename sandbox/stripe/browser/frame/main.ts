import type { PaymentMethod } from '@stripe/stripe-js';
import { askApi } from '../api';
import { element } from '../dom';
import type { Answer, FieldSettings, Question, ToFrame, ToPage } from '../messages';
import { faultWords, words, type FieldFault, type Language } from '../words';
import { applyAppearance } from './appearance';
import { createBankFields } from './bank-fields';
import { createCardFields } from './card-fields';

/** The page that has the frame, named by it: only this origin is told anything, and only it is listened to. */
const pageOrigin = new URLSearchParams(location.search).get('page') ?? location.origin;
const tell = (message: ToPage) => parent.postMessage(message, pageOrigin);

const card = createCardFields();
const bank = createBankFields();
const methods = { card, us_bank_account: bank };
type MethodType = keyof typeof methods;
const isMethod = (type: string): type is MethodType => type in methods;

let settings: FieldSettings | undefined;
let types: MethodType[] = ['card'];
let chosen: MethodType = 'card';
let collapsed = false;

const mark = element('p', 'Sandbox');
const tabs = element('fieldset', 'Tabs');
const form = element('form', 'Form', tabs, card.root, bank.root, mark);
form.noValidate = true;
form.addEventListener('submit', (event) => event.preventDefault());
// Nobody can post what is typed, and Enter in a field does nothing.
form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
  if (event.key === 'Escape') tell({ kind: 'escape' });
});
document.body.append(form);

function renderTabs(language: Language): void {
  const legend = element('legend', 'Hidden', words[language].methods);
  const choices = types.map((type) => {
    const radio = element('input', '');
    Object.assign(radio, { type: 'radio', name: 'type', value: type, checked: type === chosen && !collapsed });
    radio.addEventListener('change', () => choose(type));
    return element('label', `Tab${radio.checked ? ' Tab--selected' : ''}`, radio, type === 'card' ? words[language].card : words[language].bank);
  });
  tabs.replaceChildren(legend, ...choices);
  tabs.hidden = types.length < 2;
}

function choose(type: MethodType): void {
  chosen = type;
  collapsed = false;
  render();
  tellChange();
}

function render(): void {
  for (const tab of tabs.querySelectorAll('label')) {
    const radio = tab.querySelector('input');
    if (radio) radio.checked = radio.value === chosen && !collapsed;
    tab.classList.toggle('Tab--selected', Boolean(radio?.checked));
  }
  for (const [type, { root }] of Object.entries(methods)) root.hidden = collapsed || type !== chosen;
}

function tellChange(): void {
  const fields = methods[chosen];
  tell({ kind: 'change', complete: !fields.fault(), empty: fields.isEmpty(), collapsed, type: chosen, country: card.country(), postalCode: card.postalCode() });
}

function configure(wanted: FieldSettings): void {
  const first = settings === undefined;
  settings = wanted;
  types = wanted.types.filter(isMethod);
  if (!types.includes(chosen)) chosen = types[0] ?? 'card';
  document.documentElement.lang = wanted.language === 'zh' ? 'zh-CN' : 'en';
  applyAppearance(wanted.appearance);
  mark.textContent = words[wanted.language].sandbox;
  card.speak(wanted.language);
  bank.speak(wanted.language);
  card.askAddress(wanted.asksAddress);
  bank.setOwner(wanted.name, wanted.email);
  renderTabs(wanted.language);
  render();
  for (const control of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) control.disabled = wanted.readOnly;
  if (!first) return;
  card.setCountry(wanted.country);
  tell({ kind: 'ready' });
}

const faultAnswer = (fault: FieldFault, language: Language): Answer => ({ error: { type: 'validation_error', code: fault, message: faultWords[language][fault] } });

/** What `submit` and `createPaymentMethod` of the page come to. The number goes from here to the API and nowhere else. */
async function answer(question: Question): Promise<Answer> {
  if (!settings) return { error: { type: 'api_error', message: 'The element is not ready.' } };
  const fields = methods[chosen];
  const fault = fields.fault();
  if (fault) {
    fields.showFaults();
    fields.focus();
    return faultAnswer(fault, settings.language);
  }
  if (question.kind === 'submit') return { type: chosen };
  const own = fields.parameters();
  const ownDetails = own.billing_details as { address?: object };
  const given = question.billingDetails;
  const billingDetails = { ...ownDetails, ...given, ...(ownDetails.address || given.address ? { address: { ...ownDetails.address, ...given.address } } : {}) };
  const parameters = { ...own, billing_details: billingDetails };
  const made = await askApi<PaymentMethod>(location.origin, settings.publishableKey, { method: 'POST', path: '/v1/payment_methods', parameters, language: settings.language });
  return made.error ? { error: made.error } : { type: chosen, paymentMethod: made.object };
}

form.addEventListener('input', tellChange);
form.addEventListener('focusin', () => tell({ kind: 'focus' }));
form.addEventListener('focusout', (event) => {
  if (!form.contains(event.relatedTarget as Node | null)) tell({ kind: 'blur' });
});
new ResizeObserver(() => tell({ kind: 'height', pixels: Math.ceil(form.getBoundingClientRect().height) })).observe(form);

addEventListener('message', (event: MessageEvent<ToFrame>) => {
  if (event.origin !== pageOrigin || event.source !== parent) return;
  const message = event.data;
  if (message.kind === 'configure') configure(message.settings);
  if (message.kind === 'focus') methods[chosen].focus();
  if (message.kind === 'blur' && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  if (message.kind === 'clear') {
    card.clear();
    bank.clear();
    tellChange();
  }
  if (message.kind === 'collapse') {
    collapsed = true;
    render();
    tellChange();
  }
  if (message.kind === 'ask') void answer(message.question).then((result) => tell({ kind: 'answer', number: message.number, answer: result }));
});
tell({ kind: 'loaded' });
