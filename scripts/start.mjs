import { bootstrap } from './prepare/bootstrap.mjs';

// Whoever starts the portal can't act on warnings for its programmers; dev and the tests still show them.
process.noDeprecation = true;

await bootstrap('start/main.ts');
