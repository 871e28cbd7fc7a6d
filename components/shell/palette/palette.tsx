'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import { Spinner } from '@/components/ui/spinner';
import { useNotify } from '@/components/ui/toast';
import { found, type Command, type CommandGroup } from './commands';
import { useCommands, type PaletteFacts } from './use-commands';
import { useInvoices } from './use-invoices';

interface PaletteProps extends PaletteFacts {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A window to go anywhere and do anything by typing: arrows choose, Enter does it, Escape leaves. */
export function Palette({ open, onOpenChange, ...facts }: PaletteProps) {
  const text = useTranslations('palette');
  const notify = useNotify();
  const [typed, setTyped] = useState('');
  const commands = useCommands(facts);
  const invoices = useInvoices(useDeferredValue(typed), open && facts.permissions.includes('invoice:read'));
  const groups = [...found(commands, typed), ...(invoices.commands.length > 0 ? [{ value: text('invoices'), items: invoices.commands }] : [])];

  function toggle(next: boolean) {
    if (next) setTyped('');
    onOpenChange(next);
  }

  async function run(command: Command) {
    onOpenChange(false);
    setTyped('');
    try {
      await command.run();
    } catch {
      notify.error('internal', { retry: () => void run(command) });
    }
  }

  return (
    <Dialog.Root open={open} onOpenChange={toggle}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-overlay transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center p-3 pt-[12dvh]">
          <Dialog.Popup
            aria-label={text('title')}
            className="flex max-h-[min(28rem,76dvh)] w-full max-w-[36rem] flex-col overflow-clip rounded-xl border border-line bg-raised shadow-float outline-none transition duration-150 ease-out data-ending-style:opacity-0 data-starting-style:-translate-y-1 data-starting-style:opacity-0"
          >
            <Autocomplete.Root inline open items={groups} mode="none" autoHighlight="always" keepHighlight value={typed} onValueChange={setTyped} itemToStringValue={({ label }: Command) => label}>
              <div className="flex items-center gap-2.5 border-b border-line px-4">
                <Search className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
                <Autocomplete.Input
                  aria-label={text('title')}
                  placeholder={text('placeholder')}
                  className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
                />
                {invoices.searching && <Spinner />}
              </div>
              <Autocomplete.Empty className="px-4 text-sm text-ink-muted empty:hidden">
                {!invoices.searching && <span className="block py-8 text-center">{text('none')}</span>}
              </Autocomplete.Empty>
              <Autocomplete.List aria-label={text('results')} className="min-h-0 flex-1 scroll-py-2 overflow-y-auto p-2 empty:hidden">
                {(group: CommandGroup) => (
                  <Autocomplete.Group key={group.value} items={group.items} className="not-first:pt-2">
                    <Autocomplete.GroupLabel className="px-2.5 py-1 text-xs font-medium text-ink-faint">{group.value}</Autocomplete.GroupLabel>
                    <Autocomplete.Collection>{(command: Command) => <Line key={command.id} command={command} run={run} />}</Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </Autocomplete.Root>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Line({ command, run }: { command: Command; run: (command: Command) => void }) {
  const { icon: Icon, label, detail, lang } = command;
  return (
    <Autocomplete.Item
      value={command}
      onClick={() => run(command)}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm outline-none select-none data-highlighted:bg-accent-soft data-highlighted:text-accent-ink max-md:min-h-11"
    >
      <Icon className="size-4 shrink-0 text-ink-faint" strokeWidth={1.75} aria-hidden="true" />
      <span lang={lang} className="min-w-0 truncate">
        {label}
      </span>
      {detail && <span className="ml-auto shrink-0 text-xs text-ink-muted">{detail}</span>}
    </Autocomplete.Item>
  );
}
