import { invalidRequest, type Refusal } from './errors';
import type { Kind } from './resource';
import type { Sandbox } from './sandbox';

const deepest = 4;

function cannotExpand(path: string): Refusal {
  return invalidRequest(`This property cannot be expanded (${path}).`, { code: 'property_cannot_be_expanded', param: 'expand' });
}

/** The longest expandable field that the path begins with. */
function fieldOf(kind: Kind, path: string): string | undefined {
  const fields = [...Object.keys(kind.expandable ?? {}), ...Object.keys(kind.included ?? {})];
  return fields.filter((field) => path === field || path.startsWith(`${field}.`)).sort((one, other) => other.length - one.length)[0];
}

const restOf = (path: string, field: string): string => path.slice(field.length + 1).replace(/^data(\.|$)/, '');

function check(sandbox: Sandbox, object: string, path: string, whole: string): void {
  const kind = sandbox.kind(object);
  const field = kind && fieldOf(kind, path);
  if (!kind || !field) throw cannotExpand(whole);
  const within = kind.included?.[field]?.object ?? kind.expandable![field]!;
  const rest = restOf(path, field);
  if (rest !== '' && within !== 'any') check(sandbox, within, rest, whole);
}

/** Throws a `Refusal` for a path that the answer of this kind has nothing to expand at. */
export function checkExpand(sandbox: Sandbox, object: string, paths: readonly string[]): void {
  for (const path of paths) {
    if (path.split('.').length > deepest + 1) throw invalidRequest(`You cannot expand more than ${deepest} levels of a property. Property: ${path}`, { param: 'expand' });
    check(sandbox, object, path.replace(/^data\./, ''), path);
  }
}

type Json = Record<string, unknown>;
const isHash = (value: unknown): value is Json => typeof value === 'object' && value !== null;

function replaceAt(sandbox: Sandbox, holder: unknown, steps: readonly string[], replace: (value: unknown) => unknown): void {
  if (Array.isArray(holder)) return holder.forEach((one) => replaceAt(sandbox, one, steps, replace));
  const [step, ...rest] = steps;
  if (!isHash(holder) || step === undefined) return;
  if (rest.length > 0) return replaceAt(sandbox, holder[step], rest, replace);
  const value = holder[step];
  if (Array.isArray(value)) value.forEach((one, index) => (value[index] = replace(one)));
  else if (value !== null && value !== undefined) holder[step] = replace(value);
}

function expandOne(sandbox: Sandbox, holder: unknown, path: string): void {
  if (!isHash(holder)) return;
  if (holder.object === 'list') return (holder.data as unknown[]).forEach((one) => expandOne(sandbox, one, path));
  const kind = sandbox.kind(String(holder.object));
  const field = kind && fieldOf(kind, path);
  if (!kind || !field) return;
  const included = kind.included?.[field];
  if (included) {
    const row = sandbox.rows(kind).get(String(holder.id));
    if (row && holder[field] === undefined) holder[field] = structuredClone(included.make(row as never, sandbox));
  }
  const expandNext = (value: unknown): unknown => {
    const whole = typeof value === 'string' ? (structuredClone(sandbox.find(value)) ?? value) : value;
    const rest = restOf(path, field);
    if (rest !== '') expandOne(sandbox, whole, rest);
    return whole;
  };
  replaceAt(sandbox, holder, field.split('.'), expandNext);
}

/** The answer as it is sent: a copy, in which these paths hold whole objects instead of ids. */
export function expand(sandbox: Sandbox, answer: unknown, paths: readonly string[]): unknown {
  const sent = structuredClone(answer);
  for (const path of paths) expandOne(sandbox, sent, path.replace(/^data\./, ''));
  return sent;
}
