import type { Server } from 'node:http';
import type { FastLane } from '@/lib/http/fast-lane';
import { waitFor } from '../console/process.mjs';

/** How long requests in flight may take to finish once the server has been asked to stop. */
const drainSeconds = 15;

/** Stops accepting, lets requests in flight finish, on the fast lane too where there is one, then closes what is left. */
export async function drain(server: Server, lane?: FastLane): Promise<void> {
  let closed = false;
  server.close(() => {
    closed = true;
  });
  await waitFor(() => {
    server.closeIdleConnections();
    lane?.closeIdleConnections();
    return closed;
  }, drainSeconds);
  server.closeAllConnections();
  lane?.closeAllConnections();
}
