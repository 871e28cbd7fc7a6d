import type { LucideIcon } from 'lucide-react';

/** Something the palette does or leads to. */
export interface Command {
  id: string;
  label: string;
  /** Quieter words after the label. */
  detail?: string;
  /** Further words it is found by. */
  words?: readonly string[];
  icon: LucideIcon;
  lang?: string;
  run: () => unknown;
}

export interface CommandGroup {
  /** Its title. */
  value: string;
  items: readonly Command[];
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Whether every word of what was typed stands somewhere in the command's words. Chinese needs no spaces: a part of it is found too. */
export function matches({ label, detail = '', words = [] }: Pick<Command, 'label' | 'detail' | 'words'>, typed: string): boolean {
  const told = plain([label, detail, ...words].join(' '));
  return plain(typed).split(/\s+/).every((word) => told.includes(word));
}

/** The groups with what matches; those without are left out. */
export function found(groups: readonly CommandGroup[], typed: string): CommandGroup[] {
  return groups.map(({ value, items }) => ({ value, items: items.filter((item) => matches(item, typed)) })).filter(({ items }) => items.length > 0);
}

/** What of the typed text may be a part of an invoice's number, such as `D-000012` or `12`; null: nothing. */
export function invoiceNumberIn(typed: string): string | null {
  const number = plain(typed).trim().toUpperCase();
  return /^[A-Z0-9][A-Z0-9-]{0,39}$/.test(number) && /\d/.test(number) ? number : null;
}
