'use client';

import { Minus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { controlClass, Field } from '@/components/ui/field';

interface QuantityFieldProps {
  hint?: ReactNode;
  error?: ReactNode;
  /** As it was typed. */
  value: string;
  /** The smallest and the largest number that may be chosen. */
  least: bigint;
  most: bigint;
  onChange: (value: string) => void;
}

/** The quantity as a whole number, or null while the text is none between the two. */
export function quantityOf(typed: string, least: bigint, most: bigint): bigint | null {
  if (!/^\d{1,12}$/.test(typed.trim())) return null;
  const quantity = BigInt(typed.trim());
  return quantity >= least && quantity <= most ? quantity : null;
}

/** A whole number with a button for one less and one for one more. */
export function QuantityField({ hint, error, value, least, most, onChange }: QuantityFieldProps) {
  const text = useTranslations('extras');
  const quantity = quantityOf(value, least, most);
  const step = (by: bigint) => onChange(((quantity ?? least) + by).toString());
  return (
    <Field label={text('quantityField')} hint={hint} error={error}>
      {(control) => (
        <span className="flex gap-2">
          <Button icon={<Minus className="size-4" aria-hidden="true" />} aria-label={text('fewer')} disabled={quantity === null || quantity <= least} onClick={() => step(-1n)} />
          <input {...control} inputMode="numeric" autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} className={`${controlClass} tabular max-w-28 text-center`} />
          <Button icon={<Plus className="size-4" aria-hidden="true" />} aria-label={text('more')} disabled={quantity === null || quantity >= most} onClick={() => step(1n)} />
        </span>
      )}
    </Field>
  );
}
