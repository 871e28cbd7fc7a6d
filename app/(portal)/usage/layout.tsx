import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function UsageLayout({ children }: { children: ReactNode }) {
  return <Texts of={['alerts', 'usage']}>{children}</Texts>;
}
