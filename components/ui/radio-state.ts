import type { ComponentProps, ReactNode } from 'react';

export interface RadioOption {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

export interface RadioProps {
  /** Names the group, shown above it unless `hideLegend`. */
  legend: ReactNode;
  hideLegend?: boolean;
  name: string;
  options: readonly RadioOption[];
  /** Uncontrolled start value; with `value` and `onValueChange` the group is controlled. */
  defaultValue?: string;
  value?: string;
  onValueChange?: (value: string) => void;
}

/** The state of one radio button of a group, whether the group keeps the choice or who shows it does. */
export function radioState({ defaultValue, value, onValueChange }: RadioProps, option: RadioOption): ComponentProps<'input'> {
  if (value === undefined) return { defaultChecked: defaultValue === option.value, onChange: onValueChange && (() => onValueChange(option.value)) };
  return { checked: value === option.value, onChange: () => onValueChange?.(option.value) };
}
