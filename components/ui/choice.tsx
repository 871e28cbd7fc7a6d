import clsx from 'clsx';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { radioState, type RadioProps } from './radio-state';

interface ChoiceProps extends Omit<ComponentProps<'input'>, 'type' | 'className'> {
  label: ReactNode;
  hint?: ReactNode;
}

function Choice({ label, hint, control, htmlFor }: { label: ReactNode; hint?: ReactNode; control: ReactNode; htmlFor: string }) {
  return (
    <div className="flex min-h-6 items-start gap-2.5">
      <span className="grid size-6 shrink-0 place-items-center">{control}</span>
      <label htmlFor={htmlFor} className="pt-0.5 text-base">
        {label}
        {hint && (
          <span id={`${htmlFor}-hint`} className="block text-sm text-ink-muted">
            {hint}
          </span>
        )}
      </label>
    </div>
  );
}

const boxClass =
  'size-4 shrink-0 appearance-none forced-colors:appearance-auto border border-field bg-canvas bg-center bg-no-repeat transition-colors checked:border-accent checked:bg-accent disabled:opacity-50';

/** A yes or no that takes effect when the form is sent. */
export function Checkbox({ label, hint, id, ...input }: ChoiceProps) {
  const generated = useId();
  const controlId = id ?? generated;
  return (
    <Choice
      label={label}
      hint={hint}
      htmlFor={controlId}
      control={<input {...input} id={controlId} type="checkbox" aria-describedby={hint ? `${controlId}-hint` : undefined} className={clsx(boxClass, 'check-mark rounded-sm')} />}
    />
  );
}

/** A yes or no that takes effect at once. */
export function Switch({ label, hint, id, ...input }: ChoiceProps) {
  const generated = useId();
  const controlId = id ?? generated;
  return (
    <div className="flex min-h-6 items-start justify-between gap-4">
      <label htmlFor={controlId} className="text-base">
        {label}
        {hint && (
          <span id={`${controlId}-hint`} className="block text-sm text-ink-muted">
            {hint}
          </span>
        )}
      </label>
      <input
        {...input}
        id={controlId}
        type="checkbox"
        role="switch"
        aria-describedby={hint ? `${controlId}-hint` : undefined}
        className={clsx(
          'relative h-6 w-10 shrink-0 appearance-none forced-color-adjust-none rounded-full border border-field bg-sunken transition-colors checked:border-accent checked:bg-accent disabled:opacity-50',
          "before:absolute before:top-[3px] before:left-[3px] before:size-4 before:rounded-full before:bg-field before:transition-transform before:content-['']",
          'checked:before:translate-x-4 checked:before:bg-on-accent',
        )}
      />
    </div>
  );
}

/** One choice of a few, each with room for an explanation. `cards` draws a frame around each. */
export function RadioGroup({ cards = false, ...props }: RadioProps & { cards?: boolean }) {
  const groupId = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className={clsx('mb-1.5 text-sm font-medium', props.hideLegend && 'sr-only')}>{props.legend}</legend>
      {props.options.map((option) => {
        const id = `${groupId}-${option.value}`;
        const radio = (
          <input
            {...radioState(props, option)}
            type="radio"
            id={id}
            name={props.name}
            value={option.value}
            disabled={option.disabled}
            aria-describedby={option.hint ? `${id}-hint` : undefined}
            className={clsx(boxClass, 'radio-mark rounded-full')}
          />
        );
        return (
          <div key={option.value} className={clsx(cards && 'rounded-lg border border-line px-3 py-2.5 has-checked:border-accent has-checked:bg-accent-soft')}>
            <Choice label={option.label} hint={option.hint} htmlFor={id} control={radio} />
          </div>
        );
      })}
    </fieldset>
  );
}
