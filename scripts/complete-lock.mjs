// `npm run lock:complete`, after `npm install`: npm leaves out of the lock file the optional packages for other systems
// that the registry in use does not carry, and `npm ci` then refuses the whole file. This writes them in, by the exact
// version that the package needing them asks for.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './prepare/project.mjs';

const lockFile = join(projectRoot, 'package-lock.json');
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];

/** What a package name says about where it runs. @param {string} name */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor) || words.includes(`${processor}le`));
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.some((word) => word.startsWith('gnu')) && os.includes('linux') ? ['glibc'] : [];
  if (os.length === 0 && cpu.length === 0) return undefined;
  return { ...(cpu.length && { cpu }), ...(libc.length && { libc }), ...(os.length && { os }) };
}

const lock = JSON.parse(readFileSync(lockFile, 'utf8'));

/** Whether a package installed at `path` finds `name` in its own folder or one above. @param {string} path @param {string} name */
function finds(path, name) {
  const parents = path.split(/\/?node_modules\//);
  return parents.some((_, depth) => {
    const folder = parents.slice(0, depth + 1).join('/node_modules/').replace(/^\//, '');
    return lock.packages[`${folder}${folder ? '/' : ''}node_modules/${name}`] !== undefined;
  });
}

let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const platform = platformOf(name);
    if (!platform || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version) || finds(path, name)) continue;
    const { cpu, libc, os } = platform;
    const taken = lock.packages[`node_modules/${name}`];
    const place = taken ? `${path}/node_modules/${name}` : `node_modules/${name}`;
    lock.packages[place] = { version, ...(cpu && { cpu }), ...(entry.dev && { dev: true }), ...(libc && { libc }), optional: true, ...(os && { os }) };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([first], [second]) => first.localeCompare(second, 'en')));
writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} optional packages for other systems added to package-lock.json`);
