import { element } from '../dom';
import { faultWords, type FieldFault, type Language } from '../words';

export interface FieldOptions {
  id: string;
  autocomplete: string;
  inputMode?: 'numeric' | 'email' | 'text';
  placeholder?: string;
  check: (text: string) => FieldFault | undefined;
  /** How what was typed is shown; only digits are kept of it when it is given. */
  format?: (text: string) => string;
}

/** A labelled input that tells what is wrong with it once it was left, or when it is asked to. */
export interface Field {
  root: HTMLElement;
  input: HTMLInputElement;
  fault: () => FieldFault | undefined;
  /** Writes the label and, if one is shown, the fault in this language. */
  speak: (language: Language, label: string) => void;
  showFault: () => void;
  clear: () => void;
}

/** Formats in place and leaves the caret behind the digit it stood behind. */
function formatInPlace(input: HTMLInputElement, format: (text: string) => string): void {
  const caret = input.selectionStart ?? input.value.length;
  const atEnd = caret === input.value.length;
  const digitsBefore = input.value.slice(0, caret).replace(/\D/g, '').length;
  const text = format(input.value);
  if (text === input.value) return;
  input.value = text;
  let position = 0;
  for (let digits = 0; position < text.length && digits < digitsBefore; position += 1) if (/\d/.test(text.charAt(position))) digits += 1;
  if (!atEnd) input.setSelectionRange(position, position);
}

export function createField({ id, autocomplete, inputMode = 'text', placeholder = '', check, format }: FieldOptions): Field {
  const input = element('input', 'Input');
  Object.assign(input, { id, name: id, autocomplete, inputMode, placeholder, type: 'text', spellcheck: false });
  input.setAttribute('aria-describedby', `${id}-fault`);
  const label = element('label', 'Label');
  label.htmlFor = id;
  const message = element('p', 'Error');
  message.id = `${id}-fault`;
  message.setAttribute('role', 'alert');
  let language: Language = 'en';
  let shown = false;

  const fault = () => check(input.value);
  const render = () => {
    const present = shown ? fault() : undefined;
    const text = present ? faultWords[language][present] : '';
    if (message.textContent !== text) message.textContent = text;
    input.classList.toggle('Input--invalid', Boolean(present));
    input.setAttribute('aria-invalid', String(Boolean(present)));
  };
  input.addEventListener('input', () => {
    if (format) formatInPlace(input, format);
    // Told before the field is left only when no more typing could mend it.
    if (!shown) shown = Boolean(fault()?.startsWith('invalid_'));
    render();
  });
  input.addEventListener('blur', () => {
    shown = input.value !== '';
    render();
  });

  return {
    root: element('div', 'Field', label, element('div', 'Box', input), message),
    input,
    fault,
    speak: (wanted, text) => {
      language = wanted;
      label.textContent = text;
      render();
    },
    showFault: () => {
      shown = true;
      render();
    },
    clear: () => {
      input.value = '';
      shown = false;
      render();
    },
  };
}
