import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project.mjs';

/** Every file below a folder of the project, relative to the root, in one fixed order; `skip` leaves out paths. */
export function filesBelow(folder: string, skip: (path: string) => boolean = () => false): string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    const entries = readdirSync(join(projectRoot, path), { withFileTypes: true });
    for (const entry of entries) {
      const child = path === '' ? entry.name : `${path}/${entry.name}`;
      if (skip(child)) continue;
      if (entry.isDirectory()) visit(child);
      else if (entry.isFile()) found.push(child);
    }
  };
  if (existsSync(join(projectRoot, folder))) visit(folder);
  return found.sort();
}

/** One hash over the names and contents of files of the project, and over `more`. A file that is missing counts as such. */
export function fingerprint(files: string[], more: string[] = []): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const path = join(projectRoot, file);
    hash.update(`\0${file}\0`);
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  for (const text of more) hash.update(`\0${text}`);
  return hash.digest('hex');
}
