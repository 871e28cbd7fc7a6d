import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paymentProviders } from '@/lib/core/payment-providers';
import { fileAmong, importsOf, sourceFiles, type Import } from './imports';
import { linesNaming } from './names';
import { outside, packagePlaces, providerPlaces, rules } from './rules';

const files = sourceFiles();
const fileOf = fileAmong(files);
const imports = files.flatMap(importsOf);

const within = (path: string, place: string): boolean => path === place || path === place.replace(/\.tsx?$/, '') || path.startsWith(`${place}/`);
const isOutside = (file: string): boolean => outside.some((place) => within(file, place));
const ruleFor = (file: string) =>
  rules.filter((rule) => within(file, rule.place)).sort((one, other) => other.place.length - one.place.length)[0];

function isForbidden(one: Import): boolean {
  if (!one.internal || isOutside(one.from)) return false;
  const rule = ruleFor(one.from);
  if (!rule) return one.from.includes('/');
  if (within(one.to, rule.place)) return false;
  const allowed = [...rule.imports, ...(one.typeOnly ? (rule.types ?? []) : [])];
  return !allowed.some((place) => within(one.to, place));
}

/** The files of one circle of imports, or none. Imports of types vanish when compiled and cannot make one. */
function findCircle(): string[] {
  const edges = new Map<string, string[]>();
  for (const one of imports) {
    const to = one.internal && !one.typeOnly ? fileOf(one.to) : undefined;
    if (to) edges.set(one.from, [...(edges.get(one.from) ?? []), to]);
  }
  const done = new Set<string>();
  const walk = (file: string, path: string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of edges.get(file) ?? []) {
      const circle = walk(next, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of files) {
    const circle = walk(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

/** Those files and what they import, and so on from there. Imports of types vanish when compiled. */
function reachedFrom(starts: readonly string[], counts: (one: Import) => boolean = () => true): Import[] {
  const reached = new Set<string>();
  const found: Import[] = [];
  const reach = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const one of imports) {
      if (one.from !== file || !one.internal || one.typeOnly || !counts(one)) continue;
      found.push(one);
      const next = fileOf(one.to);
      if (next) reach(next);
    }
  };
  for (const file of starts) reach(file);
  return found;
}

/** Everything that a bundle of the production build can hold: what pages, routes and the proxy import, and so on from there. */
function bundled(): string[] {
  const starts = files.filter((file) => file.startsWith('app/') || file === 'proxy.ts');
  return [...new Set([...starts, ...reachedFrom(starts).flatMap(({ to }) => fileOf(to) ?? [])])];
}

/** What the commands of package.json run first, in a clone where nothing was generated yet. */
function commands(): string[] {
  const scripts = readdirSync('scripts').filter((name) => name.endsWith('.mjs'));
  return scripts.flatMap((name) => {
    const command = /bootstrap\('([^']+)'\)/.exec(readFileSync(`scripts/${name}`, 'utf8'))?.[1];
    return command ? [posix.join('scripts', command)] : [];
  });
}

const say = (one: Import): string => `${one.from} → ${one.to}`;

describe('architecture', () => {
  it('reads the whole house', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(imports.length).toBeGreaterThan(50);
  });

  it('lets imports run downward only', () => {
    expect(imports.filter(isForbidden).map(say)).toEqual([]);
  });

  it('has no circle of imports', () => {
    expect(findCircle()).toEqual([]);
  });

  it('keeps the sandbox, and whatever else only starts and tests the house, out of the production build', () => {
    const all = bundled();
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter(isOutside)).toEqual([]);
  });

  it('keeps every package in its place', () => {
    const misplaced = imports.filter((one) => {
      if (one.internal || isOutside(one.from)) return false;
      const owner = packagePlaces.find((candidate) => candidate.packages.test(one.to));
      if (!owner) return false;
      if (owner.stores && /(^|\/)store\.ts$/.test(one.from)) return false;
      return one.from.includes('/') && !owner.places.some((place) => within(one.from, place));
    });
    expect(misplaced.map(say)).toEqual([]);
  });

  it('calls a payment provider by its name in its adapter, its settings and its part of the page alone', () => {
    const elsewhere = files.filter((file) => !isOutside(file) && !providerPlaces.some((place) => within(file, place)));
    expect(elsewhere.flatMap((file) => linesNaming(file, paymentProviders))).toEqual([]);
    expect(linesNaming('lib/core/payment-providers.ts', paymentProviders).length).toBeGreaterThanOrEqual(paymentProviders.length);
  });

  it.each(['en', 'zh'])('has no words that depend on which payment provider it is (%s)', (language) => {
    const folder = `lib/i18n/messages/${language}`;
    const choosing = new RegExp(`\\b(${paymentProviders.join('|')})\\s*\\{`);
    expect(readdirSync(folder).filter((file) => choosing.test(readFileSync(`${folder}/${file}`, 'utf8')))).toEqual([]);
  });

  it('lets nothing that ships know the sandbox', () => {
    expect(imports.filter((one) => within(one.to, 'sandbox') && !isOutside(one.from)).map(say)).toEqual([]);
  });

  it('lets the client for product backends depend on Node alone', () => {
    const packages = imports.filter((one) => one.from.startsWith('lib/sdk/') && !one.internal && !one.to.startsWith('node:'));
    expect(packages.map(say)).toEqual([]);
  });

  it('keeps the generated database client in the core', () => {
    const leaks = imports.filter((one) => one.internal && one.to.includes('database/generated') && !one.from.startsWith('lib/core/') && !isOutside(one.from));
    expect(leaks.map(say)).toEqual([]);
  });

  it('lets every command begin without it: in a new clone it is the command that makes it', () => {
    expect(commands()).toEqual(expect.arrayContaining(['scripts/start/main.ts', 'scripts/test/main.ts', 'examples/agent-workbench/main.ts']));
    const needed = reachedFrom(commands(), ({ later }) => !later).filter(({ to }) => to.includes('database/generated'));
    expect(needed.map(say)).toEqual([]);
  });

  it('lets only stores and the core write SQL or name tables', () => {
    const users = imports.filter(
      (one) => one.internal && !one.typeOnly && one.to === 'lib/core/database/client' && !one.from.startsWith('lib/core/') && !isOutside(one.from),
    );
    expect(users.map(say)).toEqual([]);
  });
});
