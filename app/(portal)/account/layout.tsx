import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function AccountLayout({ children }: { children: ReactNode }) {
  return <Texts of={['account', 'embed']}>{children}</Texts>;
}
