import { useId } from 'react';
import { radioState, type RadioProps } from './radio-state';

/** One choice of two to four short words, side by side: month or year, day or week. */
export function SegmentedControl(props: RadioProps) {
  const groupId = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{props.legend}</legend>
      <div className="inline-flex max-w-full gap-0.5 rounded-md bg-neutral-soft p-0.5">
        {props.options.map((option) => (
          <label
            key={option.value}
            htmlFor={`${groupId}-${option.value}`}
            className="relative flex h-7 items-center rounded-sm px-2.5 text-sm font-medium text-ink-muted has-checked:bg-raised has-checked:text-ink has-checked:outline has-checked:outline-line-strong has-focus-visible:outline-2 has-focus-visible:outline-accent-ink max-md:h-9"
          >
            <input
              {...radioState(props, option)}
              type="radio"
              id={`${groupId}-${option.value}`}
              name={props.name}
              value={option.value}
              disabled={option.disabled}
              className="absolute inset-0 appearance-none outline-none"
            />
            <span className="pointer-events-none">{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
