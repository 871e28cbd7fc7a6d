import { Failure } from '../console/steps.mjs';

/** A sentence for an error of listening on the port. */
export function portFailure(port: number, error: NodeJS.ErrnoException): Error {
  const other = `start with another one, for example: PORT=${port < 65_535 ? port + 1 : 3000} npm start`;
  if (error.code === 'EADDRINUSE') return new Failure(`PORT ${port} is in use: stop what uses it, or ${other}`);
  if (error.code === 'EACCES') return new Failure(`PORT ${port} needs more rights than this user has: ${other}`);
  return error;
}
