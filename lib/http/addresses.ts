import type { AnyContract } from './contract';

export interface Found {
  contract: AnyContract;
  params: Record<string, string>;
}

/** Which contract is at an address; undefined where none is. */
export type Find = (method: string, path: string) => Found | undefined;

const placeholder = /\{(\w+)\}/g;

/** Finds the contract at an address; those without parameters first, by one look. */
export function finder(contracts: readonly AnyContract[]): Find {
  const addresses = contracts.flatMap((contract) => [contract.path, ...(contract.aliases ?? [])].map((path) => ({ path, contract })));
  const fixed = new Map(addresses.filter(({ path }) => !path.includes('{')).map(({ path, contract }) => [`${contract.method} ${path}`, { contract, params: {} }]));
  const named = addresses
    .filter(({ path }) => path.includes('{'))
    .map(({ path, contract }) => ({
      contract,
      names: [...path.matchAll(placeholder)].map(([, name = '']) => name),
      pattern: new RegExp(`^${contract.method} ${path.replace(placeholder, '([^/]+)')}$`),
    }));
  return (method, path) => {
    const target = `${method} ${path}`;
    const exact = fixed.get(target);
    if (exact) return exact;
    for (const { contract, names, pattern } of named) {
      const values = pattern.exec(target)?.slice(1).map(decoded);
      // What cannot be decoded is left to the next handler, which refuses it.
      if (values?.every((value) => value !== undefined)) return { contract, params: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) };
    }
    return undefined;
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
