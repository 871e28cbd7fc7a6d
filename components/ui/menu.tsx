'use client';

import clsx from 'clsx';
import { Check } from 'lucide-react';
import { useRef, useTransition, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { AnchoredPanel, closePanelAround, type Alignment, type PanelTrigger } from './anchored-panel';
import { useNotify } from './toast';
import { PortalLink } from './portal-link';

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement<PanelTrigger>;
  /** Names the panel for screen readers where the trigger's own words do not. */
  label?: string;
  side?: 'top' | 'bottom';
  align?: Alignment;
  children: ReactNode;
}

const itemClass =
  'flex min-h-8 w-full items-center gap-2.5 rounded-md px-2.5 py-1 text-left hover:bg-hover focus-visible:-outline-offset-2 disabled:pointer-events-none disabled:opacity-50 max-md:min-h-10';

/** Actions behind a button. Children: `MenuItem`, `MenuLink`, `MenuChoice`, `MenuGroup`, `MenuSeparator`. */
export function Menu({ children, ...panel }: MenuProps) {
  return (
    <AnchoredPanel {...panel}>
      <div className="w-64 max-w-full p-1 text-sm" onKeyDown={moveWithArrows}>
        {children}
      </div>
    </AnchoredPanel>
  );
}

function moveWithArrows(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('a, button:not(:disabled)')];
  const current = items.findIndex((item) => item === document.activeElement);
  items[(current + step + items.length) % items.length]?.focus();
}

export interface MenuItemProps {
  /** May return a promise: it then runs once however often it is pressed, and its failure offers to try again. */
  onSelect: () => unknown;
  tone?: 'normal' | 'danger';
  /** Set for a choice among several: whether it is the current one. */
  chosen?: boolean;
  disabled?: boolean;
  lang?: string;
  children: ReactNode;
}

/** A line that does something and closes the menu. */
export function MenuItem({ onSelect, tone = 'normal', chosen, disabled, lang, children }: MenuItemProps) {
  const button = useRef<HTMLButtonElement>(null);
  const notify = useNotify();
  const [running, start] = useTransition();

  function select() {
    closePanelAround(button.current);
    if (running || chosen) return;
    start(async () => {
      try {
        await onSelect();
      } catch {
        notify.error('internal', { retry: select });
      }
    });
  }

  return (
    <button
      ref={button}
      type="button"
      lang={lang}
      disabled={disabled}
      onClick={select}
      aria-current={chosen || undefined}
      className={clsx(itemClass, tone === 'danger' && 'text-negative-ink')}
    >
      {children}
      {chosen && <Check className="ml-auto size-4 shrink-0 text-accent-ink" aria-hidden="true" />}
    </button>
  );
}

/** A line that leads somewhere; `current` where it leads to the page in view. */
export function MenuLink({ href, current, children }: { href: string; current?: boolean; children: ReactNode }) {
  return (
    <PortalLink href={href} aria-current={current ? 'page' : undefined} onClick={(event) => closePanelAround(event.currentTarget)} className={itemClass}>
      {children}
    </PortalLink>
  );
}

/** Lines under a title, parted from the next group by a hairline. */
export function MenuGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={title} className="-mx-1 border-b border-line px-1 pb-1 not-first:pt-1 last:border-b-0 last:pb-0">
      <p aria-hidden="true" className="px-2.5 pt-1.5 pb-1 text-xs font-medium text-ink-faint">
        {title}
      </p>
      {children}
    </div>
  );
}

export interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: ReactNode; lang?: string }[];
  onChange: (value: Value) => unknown;
}

/** One choice of several, the current one ticked. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: MenuChoiceProps<Value>) {
  return (
    <MenuGroup title={label}>
      {options.map((option) => (
        <MenuItem key={option.value} lang={option.lang} chosen={option.value === value} onSelect={() => onChange(option.value)}>
          {option.label}
        </MenuItem>
      ))}
    </MenuGroup>
  );
}

export function MenuSeparator() {
  return <hr className="-mx-1 my-1 border-line" />;
}
