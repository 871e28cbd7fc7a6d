import type { ReactNode } from 'react';
import { Texts } from '../../texts';

export default function AuditLogLayout({ children }: { children: ReactNode }) {
  return <Texts of={['auditLog']}>{children}</Texts>;
}
