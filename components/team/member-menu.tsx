'use client';

import { Ellipsis } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '../ui/attempt';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Menu, MenuItem } from '../ui/menu';
import { useEmbedding } from '../ui/portal-link';
import { useErrorText, useNotify } from '../ui/toast';
import { RoleChoice } from './role-choice';
import type { MemberDto, Role, TeamActions, Viewer } from './types';

interface MemberMenuProps {
  member: MemberDto;
  viewer: Viewer;
  /** The name of the account, which a person may leave. */
  account: string;
  actions: Pick<TeamActions, 'changeRole' | 'removeMember' | 'leaveAccount'>;
}

type Step = 'role' | 'remove' | 'leave';

/** What can be done about a member: another role, removal, or leaving where it is oneself. */
export function MemberMenu({ member, viewer, account, actions }: MemberMenuProps) {
  const text = useTranslations('team');
  const shell = useTranslations('shell');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const notify = useNotify();
  const embedding = useEmbedding();
  const [step, setStep] = useState<Step | null>(null);
  const [role, setRole] = useState<Role>(member.role);
  const [error, setError] = useState('');
  const self = member.userId === viewer.userId;
  const { id, name } = member;

  function begin(next: Step) {
    setError('');
    setRole(member.role);
    setStep(next);
  }

  async function run(change: () => ReturnType<TeamActions['leaveAccount']>, done: () => void) {
    setError('');
    const result = await attempt(change);
    if (!result.ok) return setError(result.code === 'unreachable' ? text('notReached') : errorText(result.code));
    setStep(null);
    done();
  }

  const saveRole = () => run(() => actions.changeRole({ id, role }), () => notify.success(text('roleChanged', { name, role: shell(`role_${role}`) })));
  const remove = () => run(() => actions.removeMember({ id }), () => notify.success(text('removed', { name })));
  // A whole new page: nothing of the account stays in the memory of this one.
  const leave = () => run(() => actions.leaveAccount({}), () => window.location.assign(embedding?.base ?? '/overview'));

  const dialog = { open: true, onOpenChange: () => setStep(null), error };
  const cancel = <Button onClick={() => setStep(null)}>{common('cancel')}</Button>;
  return (
    <>
      <Menu
        align="end"
        label={text('actionsFor', { name })}
        trigger={
          <button type="button" aria-label={text('actionsFor', { name })} className="grid size-8 place-items-center rounded-md text-ink-muted hover:bg-hover hover:text-ink">
            <Ellipsis className="size-4" aria-hidden="true" />
          </button>
        }
      >
        {viewer.mayManage && <MenuItem onSelect={() => begin('role')}>{text('changeRole')}</MenuItem>}
        {viewer.mayManage && !self && (
          <MenuItem tone="danger" onSelect={() => begin('remove')}>
            {text('remove')}
          </MenuItem>
        )}
        {self && (
          <MenuItem tone="danger" onSelect={() => begin('leave')}>
            {text('leave')}
          </MenuItem>
        )}
      </Menu>
      {step === 'role' && (
        <Dialog {...dialog} title={text('roleDialogTitle', { name })} footer={<>{cancel}<Button variant="primary" onClick={saveRole}>{text('saveRole')}</Button></>}>
          <RoleChoice value={role} onChange={setRole} givenBy={viewer.role} />
        </Dialog>
      )}
      {step === 'remove' && (
        <Dialog
          {...dialog}
          size="small"
          title={text('removeTitle', { name })}
          description={text('removeText')}
          footer={<>{cancel}<Button variant="danger" onClick={remove}>{text('remove')}</Button></>}
        />
      )}
      {step === 'leave' && (
        <Dialog
          {...dialog}
          size="small"
          title={text('leaveTitle', { account })}
          description={text('leaveText')}
          footer={<>{cancel}<Button variant="danger" onClick={leave}>{text('leave')}</Button></>}
        />
      )}
    </>
  );
}
