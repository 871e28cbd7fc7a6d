import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { TextField } from '@/components/ui/field';

interface CouponFieldProps extends Pick<ComponentProps<typeof TextField>, 'placeholder' | 'autoFocus' | 'onKeyDown'> {
  value: string;
  problem: string | null;
  onChange: (code: string) => void;
}

/** Where the code of a coupon is typed. */
export function CouponField({ value, problem, onChange, ...field }: CouponFieldProps) {
  const text = useTranslations('extras.coupon');
  return (
    <div className="min-w-0 flex-1">
      <TextField
        {...field}
        label={text('code')}
        hideLabel
        value={value}
        error={problem && <span role="alert">{problem}</span>}
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
