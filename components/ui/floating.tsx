'use client';

import { cloneElement, useEffect, useId, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { AnchoredPanel, type PanelTrigger } from './anchored-panel';

/** More about something beside it, opened by pressing `trigger`. */
export function Popover({ trigger, title, children }: { trigger: ReactElement<PanelTrigger>; title?: ReactNode; children: ReactNode }) {
  const titleId = useId();
  return (
    <AnchoredPanel trigger={trigger} labelledBy={title ? titleId : undefined}>
      <div className="w-72 max-w-full p-3.5 text-sm">
        {title && (
          <p id={titleId} className="mb-1 font-medium">
            {title}
          </p>
        )}
        {children}
      </div>
    </AnchoredPanel>
  );
}

const showAfterMilliseconds = 300;

/** A few words on what a control does, on hover and on focus, gone with Escape. Never the only place of something needed. `children` is one focusable element. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactElement<{ 'aria-describedby'?: string }> }) {
  const id = useId();
  const panel = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const anchor = `--tooltip${id.replaceAll(/\W/g, '')}`;

  useEffect(() => () => clearTimeout(timer.current), []);

  function show(delay: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => panel.current?.isConnected && panel.current.togglePopover(true), delay);
  }

  function hide() {
    clearTimeout(timer.current);
    panel.current?.togglePopover(false);
  }

  return (
    <span
      className="inline-flex"
      style={{ anchorName: anchor }}
      onMouseEnter={() => show(showAfterMilliseconds)}
      onMouseLeave={hide}
      onFocus={() => show(0)}
      onBlur={hide}
      onKeyDown={(event: KeyboardEvent) => event.key === 'Escape' && hide()}
    >
      {cloneElement(children, { 'aria-describedby': id })}
      <span
        ref={panel}
        id={id}
        role="tooltip"
        popover="manual"
        className="panel-surface anchored max-w-64 px-2 py-1 text-xs [position-area:block-start]"
        style={{ positionAnchor: anchor }}
      >
        {content}
      </span>
    </span>
  );
}
