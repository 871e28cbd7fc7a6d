'use client';

import clsx from 'clsx';
import { useRef, useState, type ComponentProps, type MouseEvent, type ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { Spinner } from './spinner';
import { PortalLink } from './portal-link';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'medium' | 'small';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line-strong bg-raised text-ink hover:bg-hover',
  ghost: 'text-ink-muted hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-on-accent hover:bg-danger-hover',
};

function buttonClass(variant: ButtonVariant, size: ButtonSize, iconOnly: boolean): string {
  return clsx(
    'relative inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap font-medium transition-colors',
    'disabled:opacity-50 disabled:pointer-events-none',
    size === 'medium' ? 'control max-md:text-base' : 'h-7 rounded-md text-xs max-md:h-9 max-md:text-sm',
    iconOnly ? 'aspect-square' : size === 'medium' ? 'px-3' : 'px-2.5',
    variants[variant],
  );
}

/** The label keeps its room under the spinner, so the button does not change width while it works. */
function Label({ loading, icon, children }: { loading: boolean; icon?: ReactNode; children: ReactNode }) {
  return (
    <>
      {loading && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
      <span className={clsx('inline-flex items-center gap-1.5', loading && 'opacity-0')}>
        {icon}
        {children}
      </span>
    </>
  );
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'onClick' | 'className'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Shown before the label; with `aria-label` and no children the button is square. */
  icon?: ReactNode;
  /** Shows a spinner and ignores presses; focus stays on the button. */
  loading?: boolean;
  /** May return a promise: the button then shows that it works and ignores presses until the promise settles. */
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void | Promise<unknown>;
}

/** A button. It submits nothing unless `type="submit"`; for a form with an action use `SubmitButton`. */
export function Button({ variant = 'secondary', size = 'medium', icon, loading = false, onClick, children, type = 'button', ...rest }: ButtonProps) {
  const [working, setWorking] = useState(false);
  // State arrives a render later than a second press can.
  const running = useRef(false);
  const busy = loading || working;

  async function press(event: MouseEvent<HTMLButtonElement>) {
    if (busy || running.current) {
      event.preventDefault();
      return;
    }
    const result = onClick?.(event);
    if (!(result instanceof Promise)) return;
    running.current = true;
    setWorking(true);
    try {
      await result;
    } finally {
      running.current = false;
      setWorking(false);
    }
  }

  return (
    <button
      {...rest}
      type={type}
      onClick={press}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      className={buttonClass(variant, size, children === undefined)}
    >
      <Label loading={busy} icon={icon}>
        {children}
      </Label>
    </button>
  );
}

/** The submit button of the form around it: works while the form's action runs. */
export function SubmitButton({ variant = 'primary', loading = false, ...rest }: ButtonProps) {
  const { pending } = useFormStatus();
  return <Button {...rest} type="submit" variant={variant} loading={loading || pending} />;
}

export interface ButtonLinkProps extends Omit<ComponentProps<typeof PortalLink>, 'className'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
}

/** A link that looks like a button, for going somewhere. A download or another origin needs a plain `<a>`: pass `download` or `target`. */
export function ButtonLink({ variant = 'secondary', size = 'medium', icon, children, ...rest }: ButtonLinkProps) {
  const className = buttonClass(variant, size, children === undefined);
  const label = (
    <>
      {icon}
      {children}
    </>
  );
  if (rest.download !== undefined || rest.target !== undefined) {
    const { href, download, target, id, 'aria-label': ariaLabel } = rest;
    return (
      <a href={String(href)} download={download} target={target} id={id} aria-label={ariaLabel} rel="noopener" className={className}>
        {label}
      </a>
    );
  }
  return (
    <PortalLink {...rest} className={className}>
      {label}
    </PortalLink>
  );
}
