import { useTranslations } from 'next-intl';
import { Badge } from '../ui/badge';
import { Card, Section } from '../ui/section';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '../ui/table';
import { DateTime } from '../ui/values';

export interface MemberDto {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: 'owner' | 'admin' | 'billing' | 'developer' | 'viewer';
  joinedAt: string;
}

/** Who belongs to the account, and as what. */
export function MembersTable({ members, personId }: { members: readonly MemberDto[]; personId: string }) {
  const text = useTranslations('account');
  const shell = useTranslations('shell');
  return (
    <Section title={text('members')} description={text('membersHint')}>
      <Card padding="none">
        <Table label={text('membersTable')}>
          <TableHeader>
            <ColumnHeader>{text('memberName')}</ColumnHeader>
            <ColumnHeader>{text('memberRole')}</ColumnHeader>
            <ColumnHeader>{text('memberCan')}</ColumnHeader>
            <ColumnHeader>{text('memberSince')}</ColumnHeader>
          </TableHeader>
          <TableBody>
            {members.map((member) => (
              <Row key={member.id}>
                <Cell>
                  <span className="flex flex-wrap items-center gap-x-2">
                    <span className="font-medium">{member.name}</span>
                    {member.userId === personId && <Badge tone="accent">{text('you')}</Badge>}
                  </span>
                  <span className="text-ink-muted">{member.email}</span>
                </Cell>
                <Cell nowrap>{shell(`role_${member.role}`)}</Cell>
                <Cell muted nowrap>{text(`roleCan_${member.role}`)}</Cell>
                <Cell muted nowrap>
                  <DateTime value={member.joinedAt} />
                </Cell>
              </Row>
            ))}
          </TableBody>
        </Table>
      </Card>
    </Section>
  );
}
