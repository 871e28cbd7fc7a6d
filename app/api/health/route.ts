import { live, ready } from '@/lib/http/health';

export const dynamic = 'force-dynamic';

/** `?check=live` asks whether the process runs; without it, or with `?check=ready`, whether it can serve. */
export function GET(request: Request): Response | Promise<Response> {
  return new URL(request.url).searchParams.get('check') === 'live' ? live() : ready();
}
