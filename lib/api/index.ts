import type { AnyContract } from '@/lib/http/contract';
import { getAccountContract, updateAccountContract } from './account';
import { getInvoiceContract, listInvoicesContract } from './invoices';
import { getPlanContract, listPlansContract } from './plans';

/** Every operation of the API, in the order in which the reference shows them. */
export const allContracts: readonly AnyContract[] = [
  getAccountContract, updateAccountContract,
  listPlansContract, getPlanContract,
  listInvoicesContract, getInvoiceContract,
];
