export { signOutRoute as DELETE } from '@/lib/http/sign-out-route';
