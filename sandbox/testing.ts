export { SandboxClock } from './server/clock';
export { startStripeSandbox, type StripeSandbox, type StripeSandboxOptions } from './stripe/server';
