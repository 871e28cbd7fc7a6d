import { commitReservationContract } from '@/lib/api/reservations';
import { routes } from '@/lib/http/routes';

export const { GET, POST, PATCH, PUT, DELETE } = routes(commitReservationContract);
