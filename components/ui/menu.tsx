'use client';

import { Menu as BaseMenu } from '@base-ui/react/menu';
import clsx from 'clsx';
import { Check } from 'lucide-react';
import Link from 'next/link';
import type { ReactElement, ReactNode } from 'react';

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
  children: ReactNode;
}

/** Actions behind a button. Children: `MenuItem`, `MenuLink`, `MenuChoice`, `MenuSeparator`. */
export function Menu({ trigger, side = 'bottom', align = 'start', children }: MenuProps) {
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <BaseMenu.Popup className="float-in max-h-(--available-height) min-w-56 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg border border-line bg-raised p-1 text-sm shadow-float outline-none">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

const itemClass = 'flex min-h-8 items-center gap-2 rounded-md px-2.5 py-1 outline-none select-none data-highlighted:bg-hover data-disabled:opacity-50 max-md:min-h-10';

export function MenuItem({ onSelect, tone = 'normal', disabled, children }: { onSelect: () => void; tone?: 'normal' | 'danger'; disabled?: boolean; children: ReactNode }) {
  return (
    <BaseMenu.Item onClick={onSelect} disabled={disabled} className={clsx(itemClass, 'cursor-pointer', tone === 'danger' && 'text-negative-ink')}>
      {children}
    </BaseMenu.Item>
  );
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <BaseMenu.LinkItem render={<Link href={href} />} closeOnClick className={itemClass}>
      {children}
    </BaseMenu.LinkItem>
  );
}

export interface MenuChoiceProps<Value extends string> {
  label: ReactNode;
  value: Value;
  options: readonly { value: Value; label: ReactNode }[];
  onChange: (value: Value) => void;
}

/** One choice of several, the current one ticked. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: MenuChoiceProps<Value>) {
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)}>
      <BaseMenu.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-faint">{label}</BaseMenu.GroupLabel>
      {options.map((option) => (
        <BaseMenu.RadioItem key={option.value} value={option.value} closeOnClick className={clsx(itemClass, 'cursor-pointer justify-between')}>
          <span className="min-w-0">{option.label}</span>
          <BaseMenu.RadioItemIndicator>
            <Check className="size-4 text-accent-ink" aria-hidden="true" />
          </BaseMenu.RadioItemIndicator>
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}
