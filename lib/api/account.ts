import { getAccount } from '@/lib/billing/accounts/get-account';
import { accountDto, profileChangeInput } from '@/lib/billing/accounts/schema';
import { updateAccount } from '@/lib/billing/accounts/update-account';
import { contract } from '@/lib/http/contract';

const group = 'Account';
const path = '/api/v1/billing/account';
const aliases = ['/api/portal/account'];

export const getAccountContract = contract({
  id: 'getAccount',
  method: 'GET',
  path,
  aliases,
  group,
  summary: 'Read the account',
  description: 'The account that the credential belongs to: who is billed, where, and in which currency.',
  permission: 'account:read',
  output: accountDto,
  errors: [],
  handle: (context) => getAccount(context),
});

export const updateAccountContract = contract({
  id: 'updateAccount',
  method: 'PATCH',
  path,
  aliases,
  group,
  summary: 'Change the account',
  description: 'Changes the fields that the body names and leaves the others, inside `address` too. Postal code and tax id are checked against the form of the country.',
  permission: 'account:write',
  body: profileChangeInput,
  output: accountDto,
  errors: ['currency_locked'],
  example: { contactEmail: 'billing@demo.example', address: { city: 'Shanghai', postalCode: '200000', country: 'CN' } },
  handle: (context, { body }) => updateAccount(context, body),
});
