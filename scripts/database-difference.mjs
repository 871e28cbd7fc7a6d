import { bootstrap } from './prepare/bootstrap.mjs';

await bootstrap('database/main.ts');
