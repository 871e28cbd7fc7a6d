import type { ReactNode } from 'react';
import { Texts } from '../texts';

export default function DocsLayout({ children }: { children: ReactNode }) {
  return <Texts of={['docs']}>{children}</Texts>;
}
