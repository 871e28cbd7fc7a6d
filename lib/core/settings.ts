import { resolve } from 'node:path';
import { z } from 'zod';
import { oidcProblems, oidcSettings, oidcVariables, type OidcSettings } from './oidc-settings';
import { OperatorError } from './operator-error';
import { paymentProvidersVariable, providerProblems, providerSettings, providerVariables, type ProviderChoice, type ProviderSettings } from './payment-providers';

/** What the environment says, checked. README.md holds the same table for people. */
export interface Settings extends ProviderSettings {
  /** The port that the server listens on. */
  readonly port: number;
  /** Absolute path of the folder that holds the embedded database, the generated secrets and the log. */
  readonly dataDir: string;
  /** The PostgreSQL to use; the launcher sets it to the embedded server when the operator gave none. */
  readonly databaseUrl: string | undefined;
  /** False switches the pages and `/api/portal/**` off and leaves the product APIs up. */
  readonly portalEnabled: boolean;
  /** The address that people reach the portal at, without a slash at the end. */
  readonly appUrl: string;
  /** Where mail is handed over; undefined keeps it in the local outbox. */
  readonly smtpUrl: string | undefined;
  /** Who the portal's mail comes from. */
  readonly mailFrom: string;
  /** How many proxies of our own stand before the server; what they say about a client's address is believed. */
  readonly trustedProxies: number;
  readonly logLevel: LogLevel;
  /** How many days after it happened usage may still be recorded. */
  readonly lateUsageDays: number;
  /** How many whole months of usage events are kept before the running one; null: all. */
  readonly usageMonthsKept: number | null;
  /** Whether older events are deleted for good, not only taken out of the way. */
  readonly deleteOldUsage: boolean;
  /** The identity provider at which people may sign in; null: there is none. */
  readonly oidc: OidcSettings | null;
  /** Which payment providers are switched on, the preferred first; null: every one that has keys. */
  readonly paymentProviders: readonly ProviderChoice[] | null;
  /** Keys of the plans that a customer may have the payment provider renew instead of the portal. */
  readonly providerRenews: readonly string[];
  /** True unless this is production with a database of its own: generated secrets and demo data are welcome. */
  readonly demo: boolean;
  /** Signs sessions and tokens, 32 characters or more. Throws `SettingsError` when read before it is set. */
  readonly authSecret: string;
  /** 32 bytes in base64, for fields encrypted at rest. Throws `SettingsError` when read before it is set. */
  readonly encryptionKey: string;
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Wrong or missing settings: one sentence for each, which names the variable and what to give it. */
export class SettingsError extends OperatorError {
  override readonly name: string = 'SettingsError';

  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}

function wholePort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

function addressWithProtocol(protocols: string[]) {
  return (text: string): boolean => URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

const yes = ['true', '1', 'yes', 'on'];
const no = ['false', '0', 'no', 'off'];

const variables = z.object({
  PORT: z.string().refine(wholePort, 'give a whole number from 1 to 65535').default('3000'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .refine(addressWithProtocol(['postgres:', 'postgresql:']), 'give an address such as postgresql://user:password@host:5432/database')
    .optional(),
  ENABLE_CUSTOMER_PORTAL: z
    .string()
    .refine((text) => [...yes, ...no].includes(text.toLowerCase()), 'give true or false')
    .default('true'),
  APP_URL: z
    .string()
    .refine(addressWithProtocol(['http:', 'https:']), 'give an address such as https://portal.example.com')
    .refine((text) => !URL.canParse(text) || new URL(text).pathname === '/', 'give an address without a path, such as https://portal.example.com')
    .optional(),
  SMTP_URL: z
    .string()
    .refine(addressWithProtocol(['smtp:', 'smtps:']), 'give an address such as smtps://user:password@mail.example.com')
    .optional(),
  LATE_USAGE_DAYS: z.string().regex(/^\d{1,3}$/, 'give a whole number of days from 0 to 999').default('35'),
  USAGE_MONTHS_KEPT: z.string().regex(/^[1-9]\d{0,2}$/, 'give a whole number of months from 1 to 999, or leave it out to keep all').optional(),
  DELETE_OLD_USAGE: z
    .string()
    .refine((text) => [...yes, ...no].includes(text.toLowerCase()), 'give true or false')
    .default('false'),
  MAIL_FROM: z.string().regex(/\S+@\S+/, 'give an address such as "Portal <portal@example.com>"').optional(),
  TRUSTED_PROXIES: z.string().regex(/^\d$/, 'give the number of proxies before the server, from 0 to 9').default('0'),
  LOG_LEVEL: z.string().toLowerCase().pipe(z.enum(logLevels, `give one of ${logLevels.join(', ')}`)).default('info'),
  ...oidcVariables,
  ...providerVariables,
  PAYMENT_PROVIDERS: paymentProvidersVariable,
  PROVIDER_RENEWS: z.string().regex(/^\s*[\w-]+(\s*,\s*[\w-]+)*\s*$/, 'give keys of plans, such as: pro, enterprise').optional(),
  PORTAL_MODE: z.enum(['demo', 'production'], 'give demo or production').optional(),
  NODE_ENV: z.string().optional(),
  AUTH_SECRET: z.string().min(32, 'give 32 characters or more, for example the output of: openssl rand -base64 32').optional(),
  ENCRYPTION_KEY: z
    .string()
    .refine((text) => Buffer.from(text, 'base64').length === 32, 'give 32 bytes in base64, for example the output of: openssl rand -base64 32')
    .optional(),
});

const hiddenVariables = new Set(['DATABASE_URL', 'SMTP_URL', 'AUTH_SECRET', 'ENCRYPTION_KEY', 'OIDC_CLIENT_SECRET', ...Object.keys(providerVariables)]);

function describe(variable: string, given: string | undefined, message: string): string {
  if (hiddenVariables.has(variable)) return `${variable} is not right: ${message}.`;
  return `${variable} is "${given ?? ''}": ${message}.`;
}

function present(variable: 'AUTH_SECRET' | 'ENCRYPTION_KEY', value: string | undefined): string {
  if (value) return value;
  throw new SettingsError([`${variable} is not set: give one, or start with \`npm start\`, which makes one and keeps it in DATA_DIR.`]);
}

/**
 * The settings that an environment describes. An empty variable counts as unset.
 * Throws `SettingsError` with one sentence for each wrong value.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = variables.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => {
      const variable = String(issue.path[0]);
      return describe(variable, given[variable], issue.message);
    });
    throw new SettingsError([...new Set(problems)]);
  }
  const values = result.data;
  const problems = [...oidcProblems(values), ...providerProblems(values)];
  if (problems.length > 0) throw new SettingsError(problems);
  // Next replaces NODE_ENV by "production" in what it builds, so the launcher says in PORTAL_MODE what was meant.
  const mode = values.PORTAL_MODE ?? (values.NODE_ENV === 'production' && values.DATABASE_URL ? 'production' : 'demo');
  if (mode === 'production') {
    const missing = (['AUTH_SECRET', 'ENCRYPTION_KEY'] as const).filter((variable) => !values[variable]);
    if (missing.length > 0) {
      throw new SettingsError(
        missing.map((variable) => `${variable} is not set: production needs one, for example the output of: openssl rand -base64 32`),
      );
    }
  }
  const port = Number(values.PORT);
  const appUrl = values.APP_URL ? new URL(values.APP_URL).origin : `http://localhost:${port}`;
  return {
    port,
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    portalEnabled: yes.includes(values.ENABLE_CUSTOMER_PORTAL.toLowerCase()),
    appUrl,
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM ?? `no-reply@${new URL(appUrl).hostname}`,
    trustedProxies: Number(values.TRUSTED_PROXIES),
    logLevel: values.LOG_LEVEL,
    lateUsageDays: Number(values.LATE_USAGE_DAYS),
    usageMonthsKept: values.USAGE_MONTHS_KEPT === undefined ? null : Number(values.USAGE_MONTHS_KEPT),
    deleteOldUsage: yes.includes(values.DELETE_OLD_USAGE.toLowerCase()),
    oidc: oidcSettings(values),
    ...providerSettings(values),
    paymentProviders: values.PAYMENT_PROVIDERS ?? null,
    providerRenews: values.PROVIDER_RENEWS?.split(',').map((key) => key.trim()) ?? [],
    demo: mode === 'demo',
    get authSecret() {
      return present('AUTH_SECRET', values.AUTH_SECRET);
    },
    get encryptionKey() {
      return present('ENCRYPTION_KEY', values.ENCRYPTION_KEY);
    },
  };
}

let current: Settings | undefined;

/** The settings of this process, read from its environment once. Throws `SettingsError`. */
export function settings(): Settings {
  current ??= readSettings(process.env);
  return current;
}
