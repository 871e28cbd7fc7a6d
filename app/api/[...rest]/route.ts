import { routes } from '@/lib/http/routes';

// An API address that does not exist answers in the envelope too.
export const { GET, POST, PATCH, PUT, DELETE } = routes();
