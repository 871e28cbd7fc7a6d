import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function SignInLayout({ children }: { children: ReactNode }) {
  return <Texts of={['auth']}>{children}</Texts>;
}
