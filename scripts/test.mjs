import { bootstrap } from './prepare/bootstrap.mjs';

await bootstrap('test/main.ts');
