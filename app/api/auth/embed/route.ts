export { embedCheckRoute as GET, embedExchangeRoute as POST } from '@/lib/http/embed-exchange-route';
