import { hash, verify } from '@node-rs/argon2';

// argon2id with the first parameters that OWASP recommends: 19 MiB, two passes, one lane (the library's defaults).
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Shorter ones are refused when somebody chooses theirs. */
export const passwordLeast = 10;

/** Longer ones are refused, so that hashing cannot be made slow by size. */
export const passwordLimit = 200;

/** The argon2id hash of a password, with its own salt and parameters. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, options);
}

let dummy: Promise<string> | undefined;

/**
 * Whether the password belongs to the hash. Without a hash the same work is done and the answer is no, so that the time
 * taken does not tell whether a person exists.
 */
export async function passwordMatches(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  dummy ??= hashPassword('nobody has this password');
  const matches = await verify(passwordHash ?? (await dummy), password.slice(0, passwordLimit));
  return matches && !!passwordHash && password.length <= passwordLimit;
}
