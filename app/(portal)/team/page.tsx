import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InvitationsTable } from '@/components/team/invitations-table';
import { InviteButton } from '@/components/team/invite-button';
import { MembersTable } from '@/components/team/members-table';
import { RolesTable } from '@/components/team/roles-table';
import { Page, PageHeader } from '@/components/ui/section';
import { requireSession } from '@/lib/auth/session';
import { invitationDays } from '@/lib/auth/team/invitation';
import { listInvitations } from '@/lib/auth/team/invite';
import { listMembers } from '@/lib/billing/accounts/list-members';
import { toPlain } from '@/lib/http/plain';
import { changeRole, invite, leaveAccount, removeMember, resendInvitation, revokeInvitation } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('team');
  return { title: text('title') };
}

export default async function TeamPage() {
  const { context, person, account, role, permissions } = await requireSession();
  const [text, members, invitations] = await Promise.all([getTranslations('team'), listMembers(context), listInvitations(context)]);
  const mayManage = permissions.includes('member:write');
  return (
    <Page>
      <PageHeader title={text('title')} description={text('description')} actions={mayManage && <InviteButton role={role} days={invitationDays} invite={invite} />} />
      <MembersTable
        members={toPlain(members)}
        viewer={{ userId: person.id, role, mayManage }}
        account={account.name}
        actions={{ invite, resendInvitation, revokeInvitation, changeRole, removeMember, leaveAccount }}
      />
      {invitations.length > 0 && (
        <InvitationsTable
          invitations={toPlain(invitations)}
          now={context.clock.now().toISOString()}
          days={invitationDays}
          managedBy={mayManage ? role : null}
          actions={{ resendInvitation, revokeInvitation }}
        />
      )}
      <RolesTable role={role} />
    </Page>
  );
}
