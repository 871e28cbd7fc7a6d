import { findBrowser } from '../../scripts/test/browser';

const isRoot = process.getuid?.() === 0;

/** How the tests start their browser. */
export const launchOptions = {
  executablePath: findBrowser()?.program,
  args: [
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
};

/**
 * The same with storage kept apart by the site around a frame, as people's browsers do. Playwright switches that off in a list of
 * features; of two such lists Chromium takes the last, and this one leaves it on.
 */
export const partitionedLaunchOptions = {
  ...launchOptions,
  args: [...launchOptions.args, '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,OptimizationHints,NetworkTimeServiceQuerying,PreconnectToSearch'],
};
