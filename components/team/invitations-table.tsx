'use client';

import { useTranslations } from 'next-intl';
import type { ActionResult } from '@/lib/http/action';
import { attempt } from '../ui/attempt';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/dialog';
import { Card, Section } from '../ui/section';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '../ui/table';
import { useNotify } from '../ui/toast';
import { DateTime } from '../ui/values';
import type { InvitationDto, Role, TeamActions } from './types';

interface InvitationsTableProps {
  invitations: readonly InvitationDto[];
  /** ISO instant: what lies before it has run out. */
  now: string;
  days: number;
  /** The role of who may send them again and revoke them; null for who only looks. */
  managedBy: Role | null;
  actions: Pick<TeamActions, 'resendInvitation' | 'revokeInvitation'>;
}

/** Who was asked to join and has not answered. */
export function InvitationsTable({ invitations, now, days, managedBy, actions }: InvitationsTableProps) {
  const text = useTranslations('team');
  const shell = useTranslations('shell');
  const common = useTranslations('common');
  const notify = useNotify();

  async function run<Value>(change: () => Promise<ActionResult<Value>>, done: (value: Value) => void): Promise<boolean> {
    const result = await attempt(change);
    if (result.ok) done(result.value);
    else if (result.code === 'unreachable') notify.failure(text('notReached'));
    else notify.error(result.code);
    return result.ok;
  }

  const resend = ({ id, email }: InvitationDto) =>
    run(() => actions.resendInvitation({ id }), ({ sentAt }) => (sentAt === null ? notify.failure(text('notSent')) : notify.success(text('invited', { email }))));
  const revoke = ({ id, email }: InvitationDto) => run(() => actions.revokeInvitation({ id }), () => notify.success(text('revoked', { email })));

  function status(invitation: InvitationDto) {
    if (invitation.expiresAt <= now) return <Badge tone="warning">{text('expired')}</Badge>;
    return invitation.sentAt === null ? <Badge tone="negative">{text('unsent')}</Badge> : <Badge>{text('waiting')}</Badge>;
  }

  return (
    <Section title={text('invitations')} description={text('invitationsHint', { days })}>
      <Card padding="none">
        <Table label={text('invitationsTable')}>
          <TableHeader>
            <ColumnHeader>{text('person')}</ColumnHeader>
            <ColumnHeader roomy>{text('role')}</ColumnHeader>
            <ColumnHeader roomy>{text('expires')}</ColumnHeader>
            {managedBy && <ColumnHeader hideLabel>{common('actions')}</ColumnHeader>}
          </TableHeader>
          <TableBody>
            {invitations.map((invitation) => (
              <Row key={invitation.id}>
                <Cell>
                  <span className="flex flex-wrap items-center gap-x-2">
                    <span className="font-medium [overflow-wrap:anywhere]">{invitation.email}</span>
                    {status(invitation)}
                  </span>
                  <span className="block text-ink-muted @xl:hidden">{shell(`role_${invitation.role}`)}</span>
                  {invitation.invitedBy && <span className="text-ink-muted">{text('invitedBy', { name: invitation.invitedBy })}</span>}
                </Cell>
                <Cell nowrap roomy>{shell(`role_${invitation.role}`)}</Cell>
                <Cell muted roomy>
                  <DateTime value={invitation.expiresAt} format="dateTime" />
                </Cell>
                {managedBy && (
                  <Cell align="end">
                    <span className="inline-flex justify-end gap-2 max-sm:flex-col max-sm:items-end">
                      {(invitation.role !== 'owner' || managedBy === 'owner') && (
                        <Button size="small" onClick={() => resend(invitation)}>
                          {text('resend')}
                        </Button>
                      )}
                      <ConfirmDialog
                        trigger={
                          <Button size="small" variant="ghost">
                            {text('revoke')}
                          </Button>
                        }
                        title={text('revokeTitle', { email: invitation.email })}
                        description={text('revokeText')}
                        confirmLabel={text('revoke')}
                        tone="danger"
                        onConfirm={() => revoke(invitation)}
                      />
                    </span>
                  </Cell>
                )}
              </Row>
            ))}
          </TableBody>
        </Table>
      </Card>
    </Section>
  );
}
