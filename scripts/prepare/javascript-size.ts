import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

interface ClientManifest {
  /** The scripts of each layout, page and boundary on the way to the page. */
  entryJSFiles: Record<string, string[]>;
}

const manifestName = 'page_client-reference-manifest.js';

function manifestsBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter(({ name }) => name === manifestName).map(({ parentPath }) => join(parentPath, manifestName));
}

/** Next writes it as a script that fills a global. */
function readManifest(file: string): ClientManifest {
  const holder = globalThis as { __RSC_MANIFEST?: Record<string, ClientManifest> };
  holder.__RSC_MANIFEST = {};
  createRequire(import.meta.url)(file);
  const [manifest] = Object.values(holder.__RSC_MANIFEST);
  delete holder.__RSC_MANIFEST;
  if (!manifest) throw new Error(`${file} is not what this version of Next is known to write.`);
  return manifest;
}

export interface PageScripts {
  /** As in the app folder, such as `(portal)/usage`. */
  page: string;
  /** Bytes of all scripts that the page begins with, each compressed with gzip. */
  bytes: number;
}

/**
 * What each page of a production build sends at first, whichever the machine. What is loaded when somebody acts (dialogs,
 * what a payment provider needs) is not among it, nor what follows the page: charts, what reads live figures, the payment of
 * an open invoice.
 * @param build absolute path of the folder that Next has built
 */
export function javascriptOfPages(build: string): { framework: number; pages: PageScripts[] } {
  const sizes = new Map<string, number>();
  const sizeOf = (file: string): number => {
    const size = sizes.get(file) ?? gzipSync(readFileSync(join(build, file))).length;
    sizes.set(file, size);
    return size;
  };
  const sum = (files: Iterable<string>): number => [...new Set(files)].reduce((total, file) => total + sizeOf(file), 0);
  const { rootMainFiles } = JSON.parse(readFileSync(join(build, 'build-manifest.json'), 'utf8')) as { rootMainFiles: string[] };
  const app = join(build, 'server/app');
  const pages = manifestsBelow(app).map((file): PageScripts => {
    const shown = Object.entries(readManifest(file).entryJSFiles).filter(([entry]) => /\/(layout|page)$/.test(entry));
    return { page: relative(app, dirname(file)), bytes: sum([...rootMainFiles, ...shown.flatMap(([, files]) => files)]) };
  });
  return { framework: sum(rootMainFiles), pages };
}
