import { settings } from './settings';

const portalApi = ['/api/portal/', '/api/auth/', '/api/v1/auth/', '/api/v1/embed/'];
/** Read by people who build products, which work without the portal. */
const productPages = ['/docs'];

const within = (path: string, place: string): boolean => path === place || path.startsWith(place.endsWith('/') ? place : `${place}/`);

/** Whether the path is of the customer portal (its pages, its API, signing in) and the portal is switched off. */
export function portalIsOff(path: string): boolean {
  if (settings().portalEnabled) return false;
  if (path.startsWith('/api/')) return portalApi.some((place) => within(path, place));
  return !productPages.some((place) => within(path, place));
}
