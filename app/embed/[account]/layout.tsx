import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function EmbedLayout({ children }: { children: ReactNode }) {
  return <Texts of={['embed']}>{children}</Texts>;
}
