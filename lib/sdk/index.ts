export { PortalClient, type ClientOptions } from './client.js';
export type { Clock } from './clock.js';
export {
  ClientClosedError, PortalAnswerError, PortalError, PortalUnreachableError, QuotaRefusedError, UsageBufferFullError,
} from './errors.js';
export type { Lease, LeaseOptions, WhyNot } from './lease.js';
export type { ReservedWork } from './reserved-work.js';
export type * from './types.js';
export type { RecordingOptions } from './usage-recorder.js';
