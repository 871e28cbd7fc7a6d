import clsx from 'clsx';

/** The first letter of a name in a small square (accounts) or circle (people). */
export function Initial({ name, round = false }: { name: string; round?: boolean }) {
  const [first = ''] = name.trim();
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'grid size-6 shrink-0 place-items-center text-xs font-semibold uppercase',
        round ? 'rounded-full bg-neutral-soft text-ink-muted' : 'rounded-md bg-accent-soft text-accent-ink',
      )}
    >
      {first}
    </span>
  );
}
