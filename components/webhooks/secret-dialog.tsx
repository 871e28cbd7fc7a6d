'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../ui/button';
import { Copyable } from '../ui/copyable';
import { Dialog } from '../ui/dialog';

/** Shows a signing secret the one time that it can be read. */
export function SecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const text = useTranslations('webhooks');
  return (
    <Dialog
      open={secret !== null}
      onOpenChange={(open) => !open && onClose()}
      title={text('secretTitle')}
      description={text('secretText')}
      footer={
        <Button variant="primary" onClick={onClose}>
          {text('done')}
        </Button>
      }
    >
      {secret !== null && <Copyable label={text('secret')} copyLabel={text('copySecret')} value={secret} />}
    </Dialog>
  );
}
