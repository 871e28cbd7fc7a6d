import { explainInvoiceLineContract } from '@/lib/api/invoices';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(explainInvoiceLineContract);
