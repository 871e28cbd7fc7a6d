import { build } from 'esbuild';

const bundles = new Map<string, Promise<string>>();

/** A program for the browser as a classic script, from the file of its entry; built when it is first asked for. */
export function bundleScript(file: string): Promise<string> {
  const known = bundles.get(file);
  if (known) return known;
  const built = build({ entryPoints: [file], bundle: true, write: false, format: 'iife', target: 'es2022', charset: 'utf8', logLevel: 'silent' }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  bundles.set(file, built);
  return built;
}
