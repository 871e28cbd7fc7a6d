import type { Server } from 'node:http';
import { waitFor } from '../console/process.mjs';

/** How long requests in flight may take to finish once the server has been asked to stop. */
const drainSeconds = 15;

/** Stops accepting, lets requests in flight finish, then closes what is left. */
export async function drain(server: Server): Promise<void> {
  let closed = false;
  server.close(() => {
    closed = true;
  });
  await waitFor(() => {
    server.closeIdleConnections();
    return closed;
  }, drainSeconds);
  server.closeAllConnections();
}
