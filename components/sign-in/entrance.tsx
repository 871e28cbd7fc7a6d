import type { ReactNode } from 'react';

/** A page of the way in: one heading, one line, one thing to do. */
export function Entrance({ title, description, children }: { title: string; description?: ReactNode; children?: ReactNode }) {
  return (
    <>
      <header className="flex flex-col gap-1.5">
        <h1 className="text-2xl font-semibold">{title}</h1>
        {description && <p className="break-words text-ink-muted">{description}</p>}
      </header>
      {children}
    </>
  );
}
