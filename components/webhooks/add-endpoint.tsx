'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button';
import { SecretDialog } from './secret-dialog';
import type { WebhookActions } from './types';

const EndpointDialog = dynamic(() => import('./endpoint-dialog').then((file) => file.EndpointDialog), { ssr: false });

/** Adds an endpoint and shows its signing secret once. */
export function AddEndpoint({ add }: { add: WebhookActions['add'] }) {
  const text = useTranslations('webhooks');
  // Counts the forms that were opened, so that each begins empty.
  const [form, setForm] = useState<number>(0);
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);

  return (
    <>
      <Button
        size="small"
        onClick={() => {
          setForm(form + 1);
          setOpen(true);
        }}
      >
        {text('addTitle')}
      </Button>
      {form > 0 && (
        <EndpointDialog
          key={form}
          endpoint={null}
          open={open}
          onOpenChange={setOpen}
          save={async ({ enabled: _, ...wishes }) => {
            const result = await add(wishes);
            if (!result.ok) return result;
            setOpen(false);
            setSecret(result.value.secret);
            return result;
          }}
        />
      )}
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}
