import { isStopping, stop, stopOnSignals } from '../console/lifetime.mjs';
import { Failure, showFailure } from '../console/steps.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { projectRoot } from './project.mjs';

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Failure(`Node ${process.versions.node} is too old: install Node 20.19 or newer (https://nodejs.org).`);
}

/**
 * Makes sure that the packages are there, then hands over to a command written in TypeScript, in this same process.
 * @param {string} command address of the module, relative to `scripts/`; its `main` is called
 */
export async function bootstrap(command) {
  try {
    requireNode();
    stopOnSignals();
    process.chdir(projectRoot);
    await ensureDependencies();
    const [esm, cjs] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')]);
    cjs.register();
    esm.register();
    const { main } = await import(new URL(`../${command}`, import.meta.url).href);
    await main(process.argv.slice(2));
  } catch (error) {
    if (!isStopping()) showFailure(error);
    await stop(1);
  }
}
