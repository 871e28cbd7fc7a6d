import { z } from 'zod';
import { languages } from '@/lib/billing/accounts/account';
import { getSellerLanguage, setSellerLanguage } from '@/lib/billing/accounts/seller-language';
import { contract } from '@/lib/http/contract';

const path = '/api/v1/billing/seller/language';
const language = z.strictObject({ language: z.enum(languages) });
const group = 'Account';
const permission = 'payment:manage';

export const getSellerLanguageContract = contract({
  id: 'getSellerLanguage',
  method: 'GET',
  path,
  group,
  summary: 'Read the language of mail to the seller',
  description: 'For the seller alone.',
  permission,
  output: language,
  errors: [],
  handle: (context) => getSellerLanguage(context),
});

export const setSellerLanguageContract = contract({
  id: 'setSellerLanguage',
  method: 'PUT',
  path,
  group,
  summary: 'Set the language of mail to the seller',
  description: 'Mail about disputes and their deadlines, for every customer of the seller. For the seller alone.',
  permission,
  body: language,
  output: language,
  errors: [],
  example: { language: 'zh' },
  handle: (context, { body }) => setSellerLanguage(context, body),
});
