'use client';

import { useTranslations } from 'next-intl';
import type { ActionResult } from '@/lib/http/action';
import { attempt } from '../ui/attempt';
import { Badge } from '../ui/badge';
import { ConfirmDialog } from '../ui/dialog';
import { Button } from '../ui/button';
import { Card, CardFooter, Section } from '../ui/section';
import { useNotify } from '../ui/toast';
import { DateTime } from '../ui/values';
import { browserName } from './browser-name';

export interface SessionDto {
  id: string;
  userAgent: string;
  createdAt: string;
  lastSeenAt: string;
  /** The origin of the page that shows the portal in a frame; null: the portal itself. */
  embedOrigin: string | null;
}

interface SessionsListProps {
  sessions: readonly SessionDto[];
  /** The session of this browser. */
  currentId: string;
  signOutOthers: (input: Record<string, never>) => Promise<ActionResult<unknown>>;
  signOutOne: (input: { id: string }) => Promise<ActionResult<unknown>>;
}

/** More than these are only counted. */
const most = 6;

/** Where the person is signed in, this browser first, and a way to end all of it but here. */
export function SessionsList({ sessions, currentId, signOutOthers, signOutOne }: SessionsListProps) {
  const text = useTranslations('account');
  const embed = useTranslations('embed');
  const notify = useNotify();

  const ordered = [...sessions].sort((one, other) => Number(other.id === currentId) - Number(one.id === currentId));

  async function run(end: () => Promise<ActionResult<unknown>>, done: string): Promise<boolean> {
    const result = await attempt(end);
    if (result.ok) notify.success(done);
    else if (result.code === 'unreachable') notify.failure(text('notReachedPlain'));
    else notify.error(result.code);
    return result.ok;
  }

  return (
    <Section
      title={text('sessions')}
      description={text('sessionsHint')}
      actions={
        sessions.length > 1 && (
          <ConfirmDialog
            trigger={<Button>{text('signOutOthers')}</Button>}
            title={text('signOutOthersTitle')}
            description={text('signOutOthersText')}
            confirmLabel={text('signOutOthers')}
            tone="danger"
            onConfirm={() => run(() => signOutOthers({}), text('othersSignedOut'))}
          />
        )
      }
    >
      <Card padding="none">
        <ul>
          {ordered.slice(0, most).map((session) => (
            <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-0.5 border-b border-line px-4 py-3 last:border-b-0">
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{browserName(session.userAgent) ?? text('unknownBrowser')}</span>
                {session.embedOrigin !== null && <span className="text-sm text-ink-muted [overflow-wrap:anywhere]">{embed('embeddedIn', { origin: session.embedOrigin })}</span>}
                {session.id === currentId && <Badge tone="positive">{text('thisBrowser')}</Badge>}
              </span>
              <span className="flex flex-1 items-center justify-between gap-4 text-sm text-ink-muted sm:flex-none">
                <span>{text.rich('lastSeen', { at: () => <DateTime value={session.lastSeenAt} format="dateTime" /> })}</span>
                {session.id !== currentId && (
                  <Button size="small" onClick={() => run(() => signOutOne({ id: session.id }), text('oneSignedOut'))}>
                    {text('signOutOne')}
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
        {ordered.length > most && <CardFooter>{text('moreSessions', { count: ordered.length - most })}</CardFooter>}
      </Card>
    </Section>
  );
}
