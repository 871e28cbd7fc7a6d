/** Each code of an error by which the database or its driver names it, whether Prisma has wrapped it or not. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, originalCode, meta, driverAdapterError, cause } = error as Record<string, unknown>;
  return [...[code, originalCode].filter((one) => typeof one === 'string'), ...[meta, driverAdapterError, cause].flatMap(codesOf)];
}

/** Whether the statement waited too long for a lock, or met another one that wrote the same. */
export function isHeldUp(error: unknown): boolean {
  return codesOf(error).some((code) => ['55P03', '57014', '40001', '40P01', '23505', 'P2034'].includes(code));
}

/** Whether the database is away or refuses work for now, rather than refusing this piece of work. */
export function isOutage(error: unknown): boolean {
  if (codesOf(error).some((code) => /^(08|53|57P|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|P1001|P1002|P1008|P1017|P2024|P2028)/.test(code))) return true;
  return error instanceof Error && /Connection terminated|timeout exceeded when trying to connect|pool after calling end/.test(error.message);
}
