import { getRequestConfig } from 'next-intl/server';
import { isLanguage } from './languages';
import { messages } from './messages';
import { requestLanguage, requestTimeZone } from './preferences';

/** next-intl's configuration of one request. An explicit `locale` (a mail, a PDF) wins over the reader's. */
export default getRequestConfig(async ({ locale }) => {
  const language = isLanguage(locale) ? locale : await requestLanguage();
  return { locale: language, messages: messages[language], timeZone: await requestTimeZone() };
});
