// The first file of the worker thread. It is plain JavaScript, found by path and never bundled, so that the worker is
// the same under the production server, in development and in tests.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
