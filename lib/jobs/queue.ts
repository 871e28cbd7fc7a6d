import PgBoss from 'pg-boss';
import { systemClock, type Clock } from '@/lib/core/clock';
import { ChangeFeed } from '@/lib/core/database';
import { log } from '@/lib/core/log';
import { applyNoticesJob } from './apply-notices';
import { checkLedgerJob } from './check-ledger';
import { closePeriodsJob } from './close-periods';
import { collectPaymentsJob } from './collect-payments';
import { deliverWebhooksJob } from './deliver-webhooks';
import { expireCreditJob } from './expire-credit';
import { expireReservationsJob } from './expire-reservations';
import { forgetExpiredJob } from './forget-expired';
import type { JobDefinition } from './job';
import { makeRefundsJob } from './make-refunds';
import { makeUsagePartitionsJob } from './make-usage-partitions';
import { raiseMoneyAlertsJob } from './raise-money-alerts';
import { raiseOutlookAlertsJob } from './raise-outlook-alerts';
import { raiseQuotaAlertsJob } from './raise-quota-alerts';
import { reconcilePaymentsJob } from './reconcile-payments';
import { refreshManagedSubscriptionsJob } from './refresh-managed-subscriptions';
import { refreshPaymentsJob } from './refresh-payments';
import { refreshSetupsJob } from './refresh-setups';
import { remindOfDisputesJob } from './remind-of-disputes';
import { respondToDisputesJob } from './respond-to-disputes';
import { resumeDueSubscriptionsJob } from './resume-due-subscriptions';
import { retireUsageJob } from './retire-usage';
import { retryPaymentsJob } from './retry-payments';
import { sendMailJob } from './send-mail';
import { tellOfExpiringMethodsJob } from './tell-of-expiring-methods';
import { topUpCreditJob } from './top-up-credit';

/** Every job of the portal. */
export const allJobs: readonly JobDefinition[] = [
  resumeDueSubscriptionsJob, closePeriodsJob, collectPaymentsJob, retryPaymentsJob, refreshPaymentsJob, refreshManagedSubscriptionsJob, refreshSetupsJob, tellOfExpiringMethodsJob,
  makeUsagePartitionsJob, retireUsageJob, forgetExpiredJob,
  expireReservationsJob, raiseQuotaAlertsJob, raiseMoneyAlertsJob, raiseOutlookAlertsJob, deliverWebhooksJob, sendMailJob,
  applyNoticesJob, makeRefundsJob, respondToDisputesJob, remindOfDisputesJob, reconcilePaymentsJob,
  expireCreditJob, topUpCreditJob, checkLedgerJob,
];

/** How long a run under way may take to finish when the server stops, in milliseconds. */
const stopTimeout = 10_000;

let running: PgBoss | undefined;
const feeds: ChangeFeed[] = [];

async function runJob(job: JobDefinition, clock: Clock): Promise<void> {
  try {
    log('jobs').debug({ job: job.name, ...(await job.run(clock)) }, 'job done');
  } catch (error) {
    log('jobs').error({ err: error, job: job.name }, 'job failed');
    throw error;
  }
}

async function schedule(queue: PgBoss, job: JobDefinition, clock: Clock): Promise<void> {
  // `short`: one run waits at most, so a server that was away does not catch up run by run.
  const options = { name: job.name, policy: 'short', expireInSeconds: job.expireInSeconds, retryLimit: 0 } as const;
  await queue.createQueue(job.name, options);
  await queue.updateQueue(job.name, options);
  await queue.schedule(job.name, job.cron);
  const worker = await queue.work(job.name, { pollingIntervalSeconds: 5 }, () => runJob(job, clock));
  await queue.send(job.name, {}); // Whatever fell due while nothing ran is not left until the schedule comes round.
  if (job.wokenBy) await wake(queue, job.name, job.wokenBy, worker);
}

/** Has the job run at once when it is called, not when its time comes. What is not heard is done at its time. */
async function wake(queue: PgBoss, job: string, channel: string, worker: string): Promise<void> {
  const run = async (): Promise<void> => {
    try {
      await queue.send(job, {});
      queue.notifyWorker(worker);
    } catch (error) {
      log('jobs').warn({ err: error, job }, 'a job that was called waits for its time');
    }
  };
  const feed = new ChangeFeed(databaseUrl(), channel, { changed: () => void run(), lost: () => undefined });
  feeds.push(feed);
  await feed.open();
}

function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('Jobs need DATABASE_URL.');
  return url;
}

/**
 * Starts the jobs in this process, on the database of `DATABASE_URL`. Any number of servers may: the queue gives each
 * run to one of them. Call once, when the database is migrated.
 */
export async function startJobs(clock: Clock = systemClock, jobs: readonly JobDefinition[] = allJobs): Promise<void> {
  if (running) throw new Error('Jobs start once.');
  const queue = new PgBoss({ connectionString: databaseUrl(), application_name: 'portal jobs', max: 3 });
  queue.on('error', (error) => {
    // The pool lets go of its connections before they are closed, so a database that stops right after it is heard once more.
    if (running === queue) log('jobs').error({ err: error }, 'the job queue met an error');
  });
  running = queue;
  await queue.start();
  for (const { name } of await queue.getSchedules()) {
    if (!jobs.some((job) => job.name === name)) await queue.unschedule(name); // A job of an older version.
  }
  for (const job of jobs) await schedule(queue, job, clock);
}

/** Stops taking jobs and waits for those under way, for ten seconds at most. */
export async function stopJobs(): Promise<void> {
  const queue = running;
  running = undefined;
  await Promise.all(feeds.splice(0).map((feed) => feed.close()));
  await queue?.stop({ graceful: true, wait: true, timeout: stopTimeout });
}
