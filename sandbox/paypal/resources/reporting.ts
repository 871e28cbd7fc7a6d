import { z } from 'zod';
import { buyers } from '../buyers';
import { invalidRequest, Refusal } from '../errors';
import { number, text } from '../input';
import { pageOf } from '../paging';
import { get, type Resource } from '../resource';
import { seller } from '../sandbox';
import type { Transaction } from '../transactions';

const longestWindow = 31 * 86_400_000;
const mostResults = 10_000;

/** `2026-01-31T09:00:00+0000`, as reports write time. */
const reportTime = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}+0000`;

/** Millisecond of a moment in a query, where the `+` of an offset may have become a space, and the offset may lack its colon. */
function moment(value: string): number {
  return Date.parse(value.replace(' ', '+').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}

function informationOf({ id, code, amount, fee, reference, invoiceId, customId, buyer, time }: Transaction) {
  return {
    paypal_account_id: buyers[buyer].id,
    transaction_id: id,
    ...(reference !== null && { paypal_reference_id: reference, paypal_reference_id_type: reference.startsWith('I-') ? 'SUB' : 'TXN' }),
    transaction_event_code: code,
    transaction_initiation_date: reportTime(time),
    transaction_updated_date: reportTime(time),
    transaction_amount: amount,
    ...(Number(fee.value) !== 0 && { fee_amount: fee }),
    transaction_status: 'S',
    ...(invoiceId !== null && { invoice_id: invoiceId }),
    ...(customId !== null && { custom_field: customId }),
    protection_eligibility: '01',
  };
}

function payerOf({ buyer }: Transaction) {
  const { id, email, givenName, surname } = buyers[buyer];
  return { account_id: id, email_address: email, payer_status: 'Y', payer_name: { given_name: givenName, surname, alternate_full_name: `${givenName} ${surname}` }, country_code: 'US' };
}

function refuse(issue: string, field: string): never {
  throw invalidRequest([{ issue, description: issue, field, location: 'query' }]);
}

/** https://developer.paypal.com/docs/api/transaction-search/v1/ */
export const reporting: Resource = {
  routes: [
    get(
      '/v1/reporting/transactions',
      z.object({
        start_date: text(64),
        end_date: text(64),
        transaction_id: text(19).optional(),
        transaction_type: text(10).optional(),
        transaction_status: z.enum(['D', 'P', 'S', 'V']).optional(),
        transaction_currency: text(3).optional(),
        fields: text(500).default('transaction_info'),
        balance_affecting_records_only: z.enum(['Y', 'N']).optional(),
        page_size: number(1, 500).default(100),
        page: number(1, 2_147_483_647).default(1),
      }),
      ({ sandbox, query }) => {
        const [from, until] = [moment(query.start_date), moment(query.end_date)];
        if (Number.isNaN(from)) refuse('Invalid start date', 'start_date');
        if (Number.isNaN(until)) refuse('Invalid end date', 'end_date');
        if (until < from) refuse('Start date is greater than end date', 'start_date');
        if (until - from > longestWindow) refuse('Date range is greater than 31 days', 'end_date');
        const rows = sandbox.tables.of<Transaction>('transaction').where(
          ({ id, code, amount, time }) =>
            // Times are told in whole seconds.
            Math.floor(time / 1_000) * 1_000 >= from &&
            Math.floor(time / 1_000) * 1_000 <= until &&
            (!query.transaction_id || id === query.transaction_id) &&
            (!query.transaction_type || code === query.transaction_type) &&
            (!query.transaction_status || query.transaction_status === 'S') &&
            (!query.transaction_currency || amount.currency_code === query.transaction_currency),
        );
        if (rows.length > mostResults) throw new Refusal(400, 'RESULTSET_TOO_LARGE', 'Result set size is greater than the maximum limit. Change the filter criteria and try again.');
        const wanted = query.fields.split(',').map((name) => name.trim());
        const shows = (name: string): boolean => wanted.includes('all') || wanted.includes(name);
        const address = `${sandbox.url}/v1/reporting/transactions?${new URLSearchParams({ start_date: query.start_date, end_date: query.end_date })}`;
        const { rows: shown, totals, links } = pageOf(address, rows, { page: query.page, size: query.page_size });
        return {
          status: 200,
          body: {
            transaction_details: shown.map((row) => ({ ...(shows('transaction_info') && { transaction_info: informationOf(row) }), ...(shows('payer_info') && { payer_info: payerOf(row) }) })),
            account_number: seller.merchant_id,
            start_date: reportTime(from),
            end_date: reportTime(until),
            last_refreshed_datetime: reportTime(sandbox.clock.now()),
            page: query.page,
            ...totals,
            links,
          },
        };
      },
    ),
  ],
};
