import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function CostCentresLayout({ children }: { children: ReactNode }) {
  return <Texts of={['costCentres', 'usage']}>{children}</Texts>;
}
