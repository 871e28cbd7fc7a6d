import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function InvitationLayout({ children }: { children: ReactNode }) {
  return <Texts of={['team']}>{children}</Texts>;
}
