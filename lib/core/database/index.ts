export { database, disconnect, insideTransaction, inTransaction, pool, type Database } from './client';
export { ChangeFeed } from './change-feed';
export { isHeldUp, isOutage } from './failure';
export { lockAccount } from './lock';
export { databaseReadiness, type DatabaseReadiness } from './readiness';
export { Prisma } from './generated/client';
