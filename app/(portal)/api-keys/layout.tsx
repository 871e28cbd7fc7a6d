import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function ApiKeysLayout({ children }: { children: ReactNode }) {
  return <Texts of={['apiKeys']}>{children}</Texts>;
}
