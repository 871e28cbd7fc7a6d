import { live } from '@/lib/http/health';

export const dynamic = 'force-dynamic';

export const GET = (): Response => live();
