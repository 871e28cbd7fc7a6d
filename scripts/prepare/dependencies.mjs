import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../console/run.mjs';
import { Failure, step } from '../console/steps.mjs';
import { projectRoot } from './project.mjs';
import { inTurn } from './turn.mjs';

const stampFile = join(projectRoot, 'node_modules', '.installed-packages');

function wanted() {
  const lock = readFileSync(join(projectRoot, 'package-lock.json'));
  return createHash('sha256').update(lock).update(process.platform).update(process.arch).digest('hex');
}

function installed() {
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8').trim();
  return undefined;
}

/** @param {string} hash */
function remember(hash) {
  // Removed first: in a copy of the folder made of hard links the old file belongs to another checkout as well.
  rmSync(stampFile, { force: true });
  writeFileSync(stampFile, `${hash}\n`);
}

/** @param {string} path */
function versionAt(path) {
  try {
    return JSON.parse(readFileSync(join(projectRoot, path, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** Whether someone installed exactly the locked packages by hand, in which case npm has noted that it finished. */
function installedByHand() {
  if (!existsSync(join(projectRoot, 'node_modules', '.package-lock.json'))) return false;
  const locked = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(([path, entry]) => path === '' || entry.optional || versionAt(path) === entry.version);
}

/** The npm that started this command, else the one on the path. @returns {[string, string[]]} */
function npm() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) return [process.execPath, [script]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

/** @param {string} expected */
async function install(expected) {
  if (installed() === expected) return;
  const [program, parameters] = npm();
  await step('install the locked packages', async () => {
    await mustRun(
      program,
      [...parameters, 'ci', '--include=dev', '--no-audit', '--no-fund'],
      'npm could not install the packages: check the network (or the registry set in npm) and start again.',
      // What this command was started with must not leak into the one it starts.
      { cwd: projectRoot, env: { NODE_ENV: undefined, npm_config_omit: undefined, npm_config_production: undefined } },
    ).catch((error) => {
      if (error.code === 'ENOENT') throw new Failure('npm is not on the PATH: install Node 20.19 or newer with npm.');
      if (/ENOSPC/.test(error.details ?? '')) throw new Failure('The disk is full: free at least 2 GB and start again.');
      throw error;
    });
  });
  remember(expected);
}

/** Installs exactly the locked packages when they are missing or not those of the lock file. */
export async function ensureDependencies() {
  const expected = wanted();
  if (installed() === expected) return;
  if (installedByHand()) remember(expected);
  else await inTurn(() => install(expected));
}
