import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function OverviewLayout({ children }: { children: ReactNode }) {
  return <Texts of={['overview', 'usage']}>{children}</Texts>;
}
