import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import { DomainError, found, type FieldIssue } from '@/lib/core/errors';
import type { Addon, AddonDefinition, Feature } from '../catalog';
import { toJson } from '../pricing/schema';
import { writeAddonAsDefined } from '../publish-catalog';
import { lockCatalog, readFeatures } from '../store';
import * as store from './store';

function issuesOf({ prices, grants = {} }: AddonDefinition, features: readonly Feature[]): FieldIssue[] {
  const rhythms = prices.map(({ currency, interval, intervalCount = 1 }) => `${currency} every ${intervalCount} ${interval}`);
  const twice = rhythms.flatMap((rhythm, index) => (rhythms.indexOf(rhythm) < index ? [{ field: `prices.${index}`, message: `There is another price in ${rhythm}: name each once.` }] : []));
  const unknown = Object.keys(grants).flatMap((key) => {
    const kind = features.find((feature) => feature.key === key)?.kind;
    if (kind === 'metered' || kind === 'level' || kind === 'boolean') return [];
    return [{ field: `grants.${key}`, message: `An add-on grants units of metered features and levels, or turns a switch on: "${key}" is none of these.` }];
  });
  return [...twice, ...unknown];
}

/**
 * Publishes an add-on: a new one, or a new version of it where it sells something else. Running subscriptions stay on the
 * version they were sold. One that was retired is on offer again. Throws `invalid_request` with the fields to change.
 */
export function publishAddon(context: Context, definition: AddonDefinition): Promise<Addon> {
  return inTransaction(async (transaction) => {
    await lockCatalog(transaction);
    const issues = issuesOf(definition, await readFeatures(transaction));
    if (issues.length > 0) throw new DomainError('invalid_request', undefined, { issues });
    const before = await store.readNewestAddon(transaction, definition.key);
    const position = (await store.readOfferedAddons(transaction)).findIndex(({ key }) => key === definition.key);
    await writeAddonAsDefined(transaction, definition, position < 0 ? 1_000 : position, context.clock.now());
    const backOnOffer = position < 0 && before !== null;
    if (backOnOffer) await store.retireAddon(transaction, definition.key, null);
    const after = found(await store.readNewestAddon(transaction, definition.key), 'add-on');
    if (backOnOffer || JSON.stringify(toJson(before ?? {})) !== JSON.stringify(toJson(after))) {
      await recordAudit(transaction, context, { action: 'addon.published', subject: after.id, before, after, ofSeller: true });
    }
    return after;
  });
}

/** Takes an add-on off offer. Who holds it keeps it. Throws `unknown_addon`, also when it is off offer already. */
export function retireAddon(context: Context, key: string): Promise<void> {
  return inTransaction(async (transaction) => {
    await lockCatalog(transaction);
    if (!(await store.retireAddon(transaction, key, context.clock.now()))) throw new DomainError('unknown_addon');
    await recordAudit(transaction, context, { action: 'addon.retired', subject: key, after: { key, retiredAt: context.clock.now() }, ofSeller: true });
  });
}
