import { useTranslations } from 'next-intl';
import { Badge } from '../ui/badge';
import { Card, CardFooter, Section } from '../ui/section';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '../ui/table';
import { DateTime } from '../ui/values';
import { MemberMenu } from './member-menu';
import type { MemberDto, TeamActions, Viewer } from './types';

interface MembersTableProps {
  members: readonly MemberDto[];
  viewer: Viewer;
  account: string;
  actions: TeamActions;
}

/** Who belongs to the account, as what, and when they were last here. */
export function MembersTable({ members, viewer, account, actions }: MembersTableProps) {
  const text = useTranslations('team');
  const shell = useTranslations('shell');
  const common = useTranslations('common');
  const owners = members.filter(({ role }) => role === 'owner').length;
  const lastOwner = (member: MemberDto) => member.role === 'owner' && owners === 1;

  function mayAct(member: MemberDto): boolean {
    if (lastOwner(member)) return false;
    if (member.userId === viewer.userId) return true;
    return viewer.mayManage && (member.role !== 'owner' || viewer.role === 'owner');
  }

  return (
    <Section title={text('members')}>
      <Card padding="none">
        <Table label={text('membersTable')}>
          <TableHeader>
            <ColumnHeader>{text('person')}</ColumnHeader>
            <ColumnHeader>{text('role')}</ColumnHeader>
            <ColumnHeader roomy>{text('lastSeen')}</ColumnHeader>
            <ColumnHeader roomy>{text('joined')}</ColumnHeader>
            <ColumnHeader hideLabel>{common('actions')}</ColumnHeader>
          </TableHeader>
          <TableBody>
            {members.map((member) => (
              <Row key={member.id}>
                <Cell>
                  <span className="flex flex-wrap items-center gap-x-2">
                    <span className="font-medium [overflow-wrap:anywhere]">{member.name}</span>
                    {member.userId === viewer.userId && <Badge tone="accent">{text('you')}</Badge>}
                  </span>
                  <span className="text-ink-muted [overflow-wrap:anywhere]">{member.email}</span>
                </Cell>
                <Cell nowrap>{shell(`role_${member.role}`)}</Cell>
                <Cell muted roomy>
                  {member.lastSeenAt ? <DateTime value={member.lastSeenAt} format="dateTime" /> : text('lastSeenLong')}
                </Cell>
                <Cell muted roomy>
                  <DateTime value={member.joinedAt} />
                  {member.invitedBy && <span className="block text-xs">{text('invitedBy', { name: member.invitedBy })}</span>}
                </Cell>
                <Cell align="end">{mayAct(member) && <MemberMenu member={member} viewer={viewer} account={account} actions={actions} />}</Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
        {members.some((member) => lastOwner(member) && member.userId === viewer.userId) && <CardFooter>{text('lastOwner')}</CardFooter>}
      </Card>
    </Section>
  );
}
