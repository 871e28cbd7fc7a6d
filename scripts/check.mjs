import { bootstrap } from './prepare/bootstrap.mjs';

await bootstrap('check/main.ts');
