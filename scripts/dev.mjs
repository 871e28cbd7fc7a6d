import { bootstrap } from './prepare/bootstrap.mjs';

await bootstrap('start/dev.ts');
