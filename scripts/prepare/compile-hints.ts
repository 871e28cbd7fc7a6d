import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const hint = '//# allFunctionsCalledOnLoad\n';

/**
 * Has browsers that know the hint (Chrome, https://v8.dev/blog/explicit-compile-hints) compile the scripts that every page
 * begins with, React and Next's router, beside the main thread while they arrive. Otherwise it does so function by function
 * as each is called, and a page can be used later by about half of what these scripts take. To others it is a comment.
 * @param build absolute path of the folder that Next has built
 */
export function hintCompilation(build: string): void {
  const { rootMainFiles } = JSON.parse(readFileSync(join(build, 'build-manifest.json'), 'utf8')) as { rootMainFiles: string[] };
  for (const file of rootMainFiles) {
    const path = join(build, file);
    writeFileSync(path, hint + readFileSync(path, 'utf8'));
  }
}
