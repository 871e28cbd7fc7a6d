import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { run } from '../console/run.mjs';
import { Failure, step } from '../console/steps.mjs';

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A browser to test with: its program, or undefined for the one that Playwright has installed itself. */
export interface Browser {
  program: string | undefined;
}

/** Playwright's own browser, else one that the system has; undefined when there is none. */
export function findBrowser(): Browser | undefined {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return { program: chosen };
  if (existsSync(chromium.executablePath())) return { program: undefined };
  const program = systemBrowsers.find((path) => existsSync(path));
  return program ? { program } : undefined;
}

/** Makes sure that there is a browser, on Debian and its relatives by installing theirs. Throws `Failure`. */
export async function ensureBrowser(): Promise<void> {
  if (findBrowser()) return;
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (canInstall) {
    await step('install Chromium', async () => {
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      const apt = (parameters: string[]) => run('/usr/bin/apt-get', parameters, { env, timeoutSeconds: 600 });
      await apt(['update', '-q']);
      const { code, output } = await apt(['install', '-q', '-y', '--no-install-recommends', 'chromium']);
      if (code !== 0) throw new Failure('Chromium could not be installed: run `npx playwright install chromium`, then start again.', output);
    });
  }
  if (!findBrowser()) {
    throw new Failure('There is no browser to test with: run `npx playwright install chromium`, or name one in CHROMIUM_PATH.');
  }
}
