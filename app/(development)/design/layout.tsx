import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function DesignLayout({ children }: { children: ReactNode }) {
  return <Texts of={['palette', 'shell']}>{children}</Texts>;
}
