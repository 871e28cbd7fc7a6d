'use client';

import clsx from 'clsx';
import { cloneElement, useId, type ReactElement, type ReactNode } from 'react';

export type Alignment = 'start' | 'end';

/** What a trigger must pass on to its `<button>`. */
export interface PanelTrigger {
  popoverTarget?: string;
}

interface AnchoredPanelProps {
  trigger: ReactElement<PanelTrigger>;
  label?: string;
  labelledBy?: string;
  side?: 'top' | 'bottom';
  align?: Alignment;
  children: ReactNode;
}

const places = {
  bottom: { start: '[position-area:block-end_span-inline-end]', end: '[position-area:block-end_span-inline-start]' },
  top: { start: '[position-area:block-start_span-inline-end]', end: '[position-area:block-start_span-inline-start]' },
};

/**
 * A panel beside the button that opens it. It is the browser's own popover: it opens before scripts load, closes on
 * Escape and on a press outside, hands focus back and needs no library to stand in place. Browsers that cannot anchor
 * it show it in the middle.
 */
export function AnchoredPanel({ trigger, label, labelledBy, side = 'bottom', align = 'start', children }: AnchoredPanelProps) {
  const id = useId();
  return (
    <>
      {cloneElement(trigger, { popoverTarget: id })}
      <div
        id={id}
        popover="auto"
        role={label || labelledBy ? 'dialog' : undefined}
        aria-label={label}
        aria-labelledby={labelledBy}
        className={clsx('panel-surface anchored max-h-[min(32rem,calc(100dvh-5rem))] overflow-y-auto', places[side][align])}
      >
        {children}
      </div>
    </>
  );
}

/** Closes the panel that holds this element. */
export function closePanelAround(element: Element | null): void {
  element?.closest<HTMLElement>('[popover]')?.hidePopover();
}
