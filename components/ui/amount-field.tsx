'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { minorDigits, parseAmount } from '@/lib/i18n/currencies';
import { formatMoney, type MoneyDto } from '@/lib/i18n/format';
import { controlClass, Field } from './field';

export interface AmountFieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Says "Optional" beside the label. */
  optional?: boolean;
  /** ISO 4217; decides how many decimals may be typed. */
  currency: string;
  /** A form sends the whole minor units under this name, empty while the text is no amount. */
  name?: string;
  defaultMinor?: string;
  /** Null while the text is no amount of that currency. */
  onChange?: (amount: MoneyDto | null) => void;
}

/** An amount typed in major units and kept as exact minor units. */
export function AmountField({ label, hint, error, optional, currency, name, defaultMinor, onChange }: AmountFieldProps) {
  const text = useTranslations('common');
  const locale = useLocale();
  const [typed, setTyped] = useState(() => (defaultMinor === undefined ? '' : majorUnits(defaultMinor, currency)));
  const [left, setLeft] = useState(false);
  const minor = parseAmount(typed, currency);
  const invalid = left && typed !== '' && minor === null ? text('amountInvalid', { example: formatMoney({ minor: '2000', currency }, locale) }) : undefined;

  function change(value: string) {
    setTyped(value);
    const parsed = parseAmount(value, currency);
    onChange?.(parsed === null ? null : { minor: parsed, currency });
  }

  return (
    <Field label={label} hint={hint} error={error ?? invalid} optional={optional}>
      {(control) => (
        <span className="relative block">
          <span aria-hidden="true" className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-sm text-ink-muted">
            {currency}
          </span>
          <input
            {...control}
            inputMode={minorDigits(currency) === 0 ? 'numeric' : 'decimal'}
            autoComplete="off"
            value={typed}
            onChange={(event) => change(event.target.value)}
            onBlur={() => setLeft(true)}
            className={`${controlClass} tabular pl-12 text-right`}
          />
          {name !== undefined && <input type="hidden" name={name} value={minor ?? ''} />}
        </span>
      )}
    </Field>
  );
}

function majorUnits(minor: string, currency: string): string {
  const digits = minorDigits(currency);
  if (digits === 0) return minor;
  const padded = minor.padStart(digits + 1, '0');
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}
