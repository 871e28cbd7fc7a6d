import type { Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { log } from '@/lib/core/log';
import { announce } from '@/lib/webhooks/outbox/announce';
import type { WebhookEvent } from '@/lib/webhooks/outbox/webhook';
import type { Alert, AlertKind } from './alert';
import { ownContext } from './own-context';
import { insertAlertsOnce, noteLook, readToLookAt, type LookSubject } from './store';
import { tellPeople } from './tell-people';

/** Something to alert of, and the name under which it is raised once in the account. */
export interface News extends Omit<Alert, 'id' | 'kind' | 'raisedAt' | 'readAt'> {
  kind: Exclude<AlertKind, 'quota'>;
  onceKey: string;
}

const events: Record<News['kind'], WebhookEvent> = {
  spend: 'spend.threshold_reached',
  budget: 'budget.threshold_reached',
  forecast: 'forecast.limit_exceeded',
  unusual: 'usage.unusual',
};

/** What people get one mail about: of several percentages the highest. */
const subjectOf = ({ kind, feature, costCentre, day }: Alert): string => JSON.stringify([kind, feature, costCentre?.id, day]);

/**
 * Raises what was not raised before: each is an alert and an event of its own, and people get one mail about the highest of
 * a subject. All in one transaction, so two workers raise it once. Returns how many were raised.
 */
function raiseOnce(context: Context, news: readonly News[]): Promise<number> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const raisedAt = context.clock.now();
    const alerts = news.map((one) => ({ ...one, id: newId('alert'), raisedAt, readAt: null }));
    const written = await insertAlertsOnce(transaction, context.accountId, alerts);
    const raised = alerts.filter(({ id }) => written.includes(id));
    const highest = new Map<string, Alert>();
    for (const { onceKey: _, ...alert } of raised) {
      const { id, feature, costCentre, currency, day, percent, used, limit, resetsAt } = alert;
      await announce(transaction, context, { event: events[alert.kind], data: { alert: id, feature, costCentre, currency, day, percent, used, limit, resetsAt, raisedAt } });
      const subject = subjectOf(alert);
      if ((highest.get(subject)?.percent ?? 0) < percent) highest.set(subject, alert);
    }
    for (const alert of highest.values()) await tellPeople(context, alert);
    return raised.length;
  });
}

/**
 * Looks at every account that used something since it was last looked at for the subject, and raises what `find` finds. One
 * that cannot be looked at does not hold up the others and is tried again at the next run.
 */
export async function lookAtAccounts(clock: Clock, subject: LookSubject, find: (context: Context) => Promise<News[]>): Promise<{ raised: number; failed: number }> {
  const done = { raised: 0, failed: 0 };
  for (const accountId of await readToLookAt(database(), subject)) {
    try {
      const context = await ownContext(accountId, clock);
      const lookedAt = context.clock.now();
      const news = await find(context);
      if (news.length > 0) done.raised += await raiseOnce(context, news);
      await noteLook(database(), accountId, subject, lookedAt);
    } catch (error) {
      log('alerts').error({ err: error, account: accountId, subject }, 'an account could not be looked at for alerts');
      done.failed += 1;
    }
  }
  return done;
}
