/** Our languages as PayPal names them. */
export const locales = { en: 'en-US', zh: 'zh-CN' } as const;
