import { DomainError } from '@/lib/core/errors';
import type { Feature } from '../../catalog/catalog';
import { listFeatures } from '../../catalog/list-features';

/** The feature, where it has a limit that can be another. Throws `unknown_feature`, and `invalid_request` for one without. */
export async function adjustableFeature(key: string): Promise<Feature> {
  const feature = (await listFeatures()).find((one) => one.key === key);
  if (!feature) throw new DomainError('unknown_feature');
  if (feature.kind !== 'metered' && feature.kind !== 'level') {
    throw new DomainError('invalid_request', undefined, { issues: [{ field: 'feature', message: 'Only a metered feature or a level has a limit that can be another.' }] });
  }
  return feature;
}

/** Throws `invalid_request` for an end that lies behind. */
export function assertAhead(field: string, end: Date | null, now: Date): void {
  if (end && end <= now) throw new DomainError('invalid_request', undefined, { issues: [{ field, message: 'Choose a moment that lies ahead.' }] });
}
