/** One field of what changed, with texts fit to show; empty where there was or is nothing. */
export interface FieldDifference {
  /** The path of the field, such as `address.city`. */
  path: string;
  before: unknown;
  after: unknown;
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields inside fields by their paths; what is empty counts as not there. */
function flat(fields: Fields, path = ''): Map<string, unknown> {
  return new Map(
    Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
      if (isFields(value)) return [...flat(value, `${path}${name}.`)];
      const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
      return empty ? [] : [[`${path}${name}`, value]];
    }),
  );
}

/** What differs between two states, in the order of the later one; what stayed the same is left out. */
export function differencesOf(before: Fields, after: Fields): FieldDifference[] {
  const [old, now] = [flat(before), flat(after)];
  const paths = new Set([...now.keys(), ...old.keys()]);
  return [...paths].flatMap((path) => {
    const difference = { path, before: old.get(path), after: now.get(path) };
    return JSON.stringify(difference.before) === JSON.stringify(difference.after) ? [] : [difference];
  });
}
