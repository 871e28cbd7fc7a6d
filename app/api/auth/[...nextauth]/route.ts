export { signInRoute as GET, signInRoute as POST } from '@/lib/http/sign-in-route';
