import { brandName, checkCvc, checkExpiry, checkNumber, checkPostalCode, countriesWithPostalCode, cvcLength, cardBrand, formatExpiry, formatNumber, readExpiry } from '../card';
import { element } from '../dom';
import { words, type FieldFault, type Language } from '../words';
import { countriesIn } from './countries';
import { createField, type Field } from './field';

/** The fields of one way to pay, and what the API is given of them. */
export interface MethodFields {
  root: HTMLElement;
  speak: (language: Language) => void;
  isEmpty: () => boolean;
  /** The first fault that the reader meets. */
  fault: () => FieldFault | undefined;
  showFaults: () => void;
  focus: () => void;
  clear: () => void;
  /** Parameters of `POST /v1/payment_methods`. */
  parameters: () => Record<string, unknown>;
}

/** What several fields tell as one. */
export function gather(fields: () => readonly Field[]): Pick<MethodFields, 'isEmpty' | 'fault' | 'showFaults'> & { focusFirst: () => void } {
  return {
    isEmpty: () => fields().every(({ input }) => input.value === ''),
    fault: () => fields().map((field) => field.fault()).find((fault) => fault !== undefined),
    showFaults: () => fields().forEach((field) => field.showFault()),
    focusFirst: () => (fields().find((field) => field.fault()) ?? fields()[0])?.input.focus(),
  };
}

export interface CardFields extends MethodFields {
  country: () => string;
  postalCode: () => string;
  setCountry: (country: string) => void;
  askAddress: (asks: boolean) => void;
}

export function createCardFields(): CardFields {
  const number = createField({ id: 'number', autocomplete: 'cc-number', inputMode: 'numeric', placeholder: '1234 1234 1234 1234', check: checkNumber, format: formatNumber });
  const expiry = createField({ id: 'expiry', autocomplete: 'cc-exp', inputMode: 'numeric', placeholder: 'MM / YY', check: (text) => checkExpiry(text, new Date()), format: formatExpiry });
  const cvc = createField({
    id: 'cvc',
    autocomplete: 'cc-csc',
    inputMode: 'numeric',
    placeholder: 'CVC',
    check: (text) => checkCvc(text, number.input.value),
    format: (text) => text.replace(/\D/g, '').slice(0, cvcLength(number.input.value)),
  });
  const country = element('select', 'Input');
  Object.assign(country, { id: 'country', name: 'country', autocomplete: 'country' });
  const countryLabel = element('label', 'Label');
  countryLabel.htmlFor = 'country';
  const postalCode = createField({ id: 'postalCode', autocomplete: 'postal-code', check: (text) => checkPostalCode(text, country.value) });

  const brand = element('span', 'Brand');
  number.input.after(brand);
  number.input.addEventListener('input', () => {
    const name = cardBrand(number.input.value);
    brand.textContent = name === 'unknown' ? '' : brandName(name);
  });

  let language: Language = 'en';
  let asksAddress = true;
  const asksPostalCode = () => asksAddress && countriesWithPostalCode.includes(country.value);
  const address = element('div', 'Row', element('div', 'Field', countryLabel, country), postalCode.root);
  const renderAddress = () => {
    address.hidden = !asksAddress;
    postalCode.root.hidden = !asksPostalCode();
    postalCode.speak(language, country.value === 'US' ? words[language].zip : words[language].postalCode);
  };
  country.addEventListener('change', renderAddress);

  const all = gather(() => [number, expiry, cvc, ...(asksPostalCode() ? [postalCode] : [])]);
  const setCountry = (code: string) => {
    country.value = code;
    if (!country.value) country.value = 'US';
    renderAddress();
  };
  return {
    ...all,
    root: element('div', 'Fields', number.root, element('div', 'Row', expiry.root, cvc.root), address),
    focus: all.focusFirst,
    country: () => country.value,
    postalCode: () => postalCode.input.value.trim(),
    setCountry,
    askAddress: (asks) => {
      asksAddress = asks;
      renderAddress();
    },
    speak: (wanted) => {
      language = wanted;
      const chosen = country.value;
      country.replaceChildren(...countriesIn(language).map(({ code, name }) => new Option(name, code)));
      countryLabel.textContent = words[language].country;
      number.speak(language, words[language].number);
      expiry.speak(language, words[language].expiry);
      cvc.speak(language, words[language].cvc);
      setCountry(chosen);
    },
    clear: () => {
      for (const field of [number, expiry, cvc, postalCode]) field.clear();
      brand.textContent = '';
    },
    parameters: () => {
      const date = readExpiry(expiry.input.value);
      return {
        type: 'card',
        card: { number: number.input.value.replace(/\D/g, ''), exp_month: date?.month, exp_year: date?.year, cvc: cvc.input.value },
        billing_details: asksAddress ? { address: { country: country.value, ...(asksPostalCode() ? { postal_code: postalCode.input.value.trim() } : {}) } } : {},
      };
    },
  };
}
