'use client';

import { Info } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog, Dialog } from '@/components/ui/dialog';
import { Popover, Tooltip } from '@/components/ui/floating';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { Section } from '@/components/ui/section';
import { Tabs } from '@/components/ui/tabs';
import { useNotify } from '@/components/ui/toast';

const wait = () => new Promise<void>((resolve) => setTimeout(resolve, 800));

export function OverlaySpecimens() {
  const notify = useNotify();
  return (
    <Section title="Overlays">
      <div className="flex flex-wrap gap-2">
        <Dialog title="Change plan" description="What changes, and what is due today." trigger={<Button>Open dialog</Button>} footer={<Button variant="primary">Confirm change</Button>}>
          <p>The new limit holds at once.</p>
        </Dialog>
        <ConfirmDialog
          title="Cancel subscription?"
          description="It stays active until the end of the period."
          tone="danger"
          confirmLabel="Cancel subscription"
          cancelLabel="Keep it"
          trigger={<Button variant="danger">Open confirmation</Button>}
          onConfirm={wait}
        />
        <Menu trigger={<Button>Open menu</Button>}>
          <MenuItem onSelect={() => notify.success('Downloaded')}>Download PDF</MenuItem>
          <MenuItem onSelect={() => undefined} disabled>Disabled</MenuItem>
          <MenuSeparator />
          <MenuItem tone="danger" onSelect={() => undefined}>Delete</MenuItem>
        </Menu>
        <Popover title="Proration" trigger={<Button>Open popover</Button>}>The unused part of the period is credited.</Popover>
        <Tooltip content="What counts as a call">
          <Button variant="ghost" aria-label="What counts as a call" icon={<Info className="size-4" aria-hidden="true" />} />
        </Tooltip>
        <Button onClick={() => notify.success('Plan changed to Pro')}>Toast</Button>
        <Button onClick={() => notify.error('overloaded', { retry: () => notify.success('Done') })}>Toast with retry</Button>
      </div>
      <Tabs label="Views" tabs={[{ value: 'a', label: 'Daily', content: <p>Day by day.</p> }, { value: 'b', label: '按模型', content: <p>Model by model.</p> }]} />
    </Section>
  );
}
