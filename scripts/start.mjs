import { bootstrap } from './prepare/bootstrap.mjs';

await bootstrap('start/main.ts');
