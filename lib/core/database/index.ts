export { database, disconnect, inTransaction, pool, type Database } from './client';
export { lockAccount } from './lock';
export { Prisma } from './generated/client';
