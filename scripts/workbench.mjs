import { bootstrap } from './prepare/bootstrap.mjs';

await bootstrap('../examples/agent-workbench/main.ts');
