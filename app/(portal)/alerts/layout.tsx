import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function AlertsLayout({ children }: { children: ReactNode }) {
  return <Texts of={['alerts', 'usage', 'webhooks']}>{children}</Texts>;
}
