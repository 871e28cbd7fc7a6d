import { exportAuditLogContract } from '@/lib/api/audit-log';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(exportAuditLogContract);
