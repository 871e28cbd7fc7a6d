import { noticeRoute } from '@/lib/webhooks/inbox/notice-route';

export const POST = noticeRoute;
