import { element } from '../dom';
import { words } from '../words';
import { gather, type MethodFields } from './card-fields';
import { createField } from './field';

/** The check sum of American bank routing numbers. */
function isRoutingNumber(digits: string): boolean {
  const weights = [3, 7, 1];
  return [...digits].reduce((sum, digit, index) => sum + Number(digit) * (weights[index % 3] ?? 0), 0) % 10 === 0;
}

export interface BankFields extends MethodFields {
  setOwner: (name: string, email: string) => void;
}

export function createBankFields(): BankFields {
  const digits = (most: number) => (text: string) => text.replace(/\D/g, '').slice(0, most);
  const name = createField({ id: 'name', autocomplete: 'name', check: (text) => (text.trim() ? undefined : 'incomplete_name') });
  const email = createField({
    id: 'email',
    autocomplete: 'email',
    inputMode: 'email',
    check: (text) => (!text.trim() ? 'incomplete_email' : /^[^\s@]+@[^\s@]+$/.test(text.trim()) ? undefined : 'invalid_email'),
  });
  const routing = createField({
    id: 'routingNumber',
    autocomplete: 'off',
    inputMode: 'numeric',
    placeholder: '110000000',
    check: (text) => (text.length < 9 ? 'incomplete_routing' : isRoutingNumber(text) ? undefined : 'invalid_routing'),
    format: digits(9),
  });
  const account = createField({
    id: 'accountNumber',
    autocomplete: 'off',
    inputMode: 'numeric',
    placeholder: '000123456789',
    check: (text) => (text.length < 4 ? 'incomplete_account' : undefined),
    format: digits(17),
  });
  const holder = element('select', 'Input', new Option('', 'individual'), new Option('', 'company'));
  holder.id = 'accountHolder';
  const holderLabel = element('label', 'Label');
  holderLabel.htmlFor = holder.id;
  const mandate = element('p', 'Terms');

  const fields = [name, email, routing, account];
  const all = gather(() => fields);
  return {
    ...all,
    root: element('div', 'Fields', name.root, email.root, element('div', 'Field', holderLabel, holder), element('div', 'Row', routing.root, account.root), mandate),
    focus: all.focusFirst,
    // Name and e-mail may come from the page: what is asked for here is the account.
    isEmpty: () => routing.input.value === '' && account.input.value === '',
    setOwner: (givenName, givenEmail) => {
      name.input.value ||= givenName;
      email.input.value ||= givenEmail;
    },
    speak: (language) => {
      const text = words[language];
      name.speak(language, text.name);
      email.speak(language, text.email);
      routing.speak(language, text.routing);
      account.speak(language, text.account);
      holderLabel.textContent = text.accountHolder;
      for (const option of holder.options) option.text = option.value === 'company' ? text.company : text.individual;
      mandate.textContent = text.mandate;
    },
    clear: () => fields.forEach((field) => field.clear()),
    parameters: () => ({
      type: 'us_bank_account',
      us_bank_account: { routing_number: routing.input.value, account_number: account.input.value, account_holder_type: holder.value, account_type: 'checking' },
      billing_details: { name: name.input.value.trim(), email: email.input.value.trim() },
    }),
  };
}
