import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import { useId, type ComponentProps, type ReactNode } from 'react';

export interface FieldProps {
  label: ReactNode;
  /** One quiet line under the control. */
  hint?: ReactNode;
  /** What is wrong and how to put it right; marks the control invalid. */
  error?: ReactNode;
  /** Says "Optional" beside the label. Required is the rule, so it is not marked. */
  optional?: boolean;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
}

interface ControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** Label, control, hint and error, wired together. `children` receives the attributes its control must carry. */
export function Field({ label, hint, error, optional, hideLabel, id, children }: FieldProps & { id?: string; children: (control: ControlProps) => ReactNode }) {
  const text = useTranslations('common');
  const generated = useId();
  const controlId = id ?? generated;
  const describedBy = clsx(error && `${controlId}-error`, hint && `${controlId}-hint`);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={controlId} className={clsx('text-sm font-medium text-ink', hideLabel && 'sr-only')}>
        {label}
        {optional && <span className="ml-1.5 font-normal text-ink-faint">{text('optional')}</span>}
      </label>
      {children({ id: controlId, 'aria-describedby': describedBy || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${controlId}-error`} className="text-sm text-negative-ink">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${controlId}-hint`} className="text-sm text-ink-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** The look of a text-like control. */
export const controlClass =
  'control w-full min-w-0 border border-field bg-canvas px-2.5 text-ink transition-colors hover:border-ink-muted ' +
  'focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-negative';

/** A one-line text input; takes every attribute of `<input>`. */
export function TextField({ label, hint, error, optional, hideLabel, id, ...input }: FieldProps & Omit<ComponentProps<'input'>, 'className'>) {
  return (
    <Field {...{ label, hint, error, optional, hideLabel, id }}>
      {(control) => <input {...input} {...control} required={input.required ?? false} className={controlClass} />}
    </Field>
  );
}

/** A text input of several lines. */
export function TextAreaField({ label, hint, error, optional, hideLabel, id, rows = 3, ...input }: FieldProps & Omit<ComponentProps<'textarea'>, 'className'>) {
  return (
    <Field {...{ label, hint, error, optional, hideLabel, id }}>
      {(control) => <textarea {...input} {...control} rows={rows} className={clsx(controlClass, 'h-auto! py-1.5')} />}
    </Field>
  );
}

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

/** A choice from a list. The browser's own list: it works before scripts load, on every phone and with every reader. */
export function SelectField({
  label,
  hint,
  error,
  optional,
  hideLabel,
  id,
  options,
  placeholder,
  ...select
}: FieldProps & Omit<ComponentProps<'select'>, 'className' | 'children'> & { options: readonly Option[]; placeholder?: string }) {
  return (
    <Field {...{ label, hint, error, optional, hideLabel, id }}>
      {(control) => (
        <span className="relative block">
          <select {...select} {...control} className={clsx(controlClass, 'appearance-none truncate pr-8')}>
            {placeholder !== undefined && <option value="">{placeholder}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <svg viewBox="0 0 16 16" aria-hidden="true" className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-ink-muted">
            <path d="m4.5 6.25 3.5 3.5 3.5-3.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
          </svg>
        </span>
      )}
    </Field>
  );
}

/** Fields in a grid of one column on phones and up to `columns` beyond. */
export function FormGrid({ columns = 2, children }: { columns?: 1 | 2 | 3; children: ReactNode }) {
  return <div className={clsx('grid items-start gap-x-4 gap-y-4', columns === 2 && 'md:grid-cols-2', columns === 3 && 'md:grid-cols-3')}>{children}</div>;
}

/** The buttons at the end of a form, the main one last. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center justify-end gap-2 max-md:[&>button]:grow">{children}</div>;
}
