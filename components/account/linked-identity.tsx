'use client';

import { useTranslations } from 'next-intl';
import type { ActionResult } from '@/lib/http/action';
import { attempt } from '../ui/attempt';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/dialog';
import { Card, Section } from '../ui/section';
import { useNotify } from '../ui/toast';
import { DateTime } from '../ui/values';

interface LinkedIdentityProps {
  /** What people call the identity provider. */
  provider: string;
  /** ISO 8601. */
  since: string;
  unlink: (input: Record<string, never>) => Promise<ActionResult<unknown>>;
}

/** That the person signs in at the identity provider, and a way to end that. */
export function LinkedIdentity({ provider, since, unlink }: LinkedIdentityProps) {
  const text = useTranslations('account');
  const notify = useNotify();

  async function run(): Promise<boolean> {
    const result = await attempt(() => unlink({}));
    if (result.ok) notify.success(text('identityUnlinked', { provider }));
    else if (result.code === 'unreachable') notify.failure(text('notReachedPlain'));
    else notify.error(result.code);
    return result.ok;
  }

  return (
    <Section title={text('identity')} description={text('identityHint')}>
      <Card padding="none">
        <p className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-3">
          <span className="min-w-0 font-medium break-words">{provider}</span>
          <span className="flex items-center gap-4 text-sm text-ink-muted">
            {text.rich('identitySince', { at: () => <DateTime value={since} format="date" /> })}
            <ConfirmDialog
              trigger={<Button size="small">{text('identityUnlink')}</Button>}
              title={text('identityUnlinkTitle', { provider })}
              description={text('identityUnlinkText', { provider })}
              confirmLabel={text('identityUnlink')}
              tone="danger"
              onConfirm={run}
            />
          </span>
        </p>
      </Card>
    </Section>
  );
}
