import { refresh } from 'next/cache';
import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { z } from 'zod';
import type { Permission } from '@/lib/auth/permissions';
import { runningSession, sessionIn } from '@/lib/auth/session';
import type { Context } from '@/lib/core/context';
import { DomainError, errorCodes, type ErrorCode, type FieldIssue } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { settings } from '@/lib/core/settings';
import type { Language } from '@/lib/i18n/languages';
import { messages } from '@/lib/i18n/messages';
import { issuesOf } from './issues';
import { knownError } from './known-error';
import { assertSameOrigin } from './same-origin';
import { toPlain, type Plain } from './plain';

/** What a server action answers; it never throws. `issues` name the fields to change, `requestId` is for support. */
export type ActionResult<Value> =
  | { ok: true; value: Value }
  | { ok: false; code: ErrorCode; message: string; issues?: FieldIssue[]; requestId: string };

interface ActionDefinition<Schema extends z.ZodType, Output> {
  permission: Permission;
  /** Strict: unknown fields are refused. */
  input: Schema;
  /** False for an action that only reads: the page stays as it is. */
  refreshes?: boolean;
  handle(context: Context, input: z.output<Schema>): Promise<Output>;
}

/** The sentence for an error in the reader's language. One written for the occasion is English, so others get the code's. */
function sentence({ code, message }: DomainError, language: Language): string {
  const special = message !== errorCodes[code].message;
  return special && language === 'en' ? message : messages[language].errors[code];
}

async function failed(error: DomainError, requestId: string): Promise<ActionResult<never>> {
  const { code, details } = error;
  return { ok: false, code, message: sentence(error, await getLocale()), requestId, ...(details.issues && { issues: details.issues }) };
}

async function authorised(permission: Permission): Promise<Context> {
  if (!settings().portalEnabled) throw new DomainError('portal_disabled');
  const sent = await headers();
  assertSameOrigin({ url: new URL(settings().appUrl), header: (name) => sent.get(name) });
  const running = await runningSession();
  if (!running) throw new DomainError('session_expired');
  // Never another account in its place: the change was meant for the one that the person saw.
  if (!running.membership) throw new DomainError('membership_ended');
  const { context, permissions } = await sessionIn(running, running.membership);
  if (!permissions.includes(permission)) throw new DomainError('forbidden');
  return context;
}

const chinese = z.locales.zhCN().localeError;

async function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): Promise<z.output<Schema>> {
  const result = schema.safeParse(value, { reportInput: true, error: (await getLocale()) === 'zh' ? chinese : undefined });
  if (result.success) return result.data;
  throw new DomainError('invalid_request', undefined, { issues: issuesOf(result.error, '') });
}

/**
 * A server action around one use case: the person is signed in and permitted, the request comes from our own pages, the
 * input is checked; then the page shown is refreshed. In the result bigints are decimal strings and dates ISO 8601.
 * `export const changePlan = action({ permission: 'subscription:write', input: changePlanInput, handle: changePlan });`
 */
export function action<Schema extends z.ZodType, Output>({ permission, input: schema, refreshes = true, handle }: ActionDefinition<Schema, Output>) {
  return async (input: z.input<Schema>): Promise<ActionResult<Plain<Output>>> => {
    let requestId = newId('req');
    try {
      const context = await authorised(permission);
      requestId = context.requestId;
      const value = toPlain(await handle(context, await checked(schema, input)));
      if (refreshes) refresh();
      return { ok: true, value };
    } catch (error) {
      unstable_rethrow(error);
      return failed(knownError(error, requestId, 'action'), requestId);
    }
  };
}
