'use client';

import { Popover as BasePopover } from '@base-ui/react/popover';
import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';

/** A few words on what a control does, on hover and on focus. Never the only place of something needed. `children` is one focusable element. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactElement }) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner sideOffset={6} className="z-50">
          <BaseTooltip.Popup className="float-in max-w-64 rounded-md border border-line bg-raised px-2 py-1 text-xs text-ink shadow-float">{content}</BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}

/** More about something beside it, opened by pressing `trigger`. */
export function Popover({ trigger, title, children }: { trigger: ReactElement; title?: ReactNode; children: ReactNode }) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner sideOffset={6} align="start" className="z-50">
          <BasePopover.Popup className="float-in w-72 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-raised p-3.5 text-sm shadow-float outline-none">
            {title && <BasePopover.Title className="mb-1 font-medium">{title}</BasePopover.Title>}
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
