import { expect, it } from 'vitest';
import { addressLines } from './address';

const empty = { line1: '', line2: '', city: '', region: '', postalCode: '', country: 'DE' };

it('writes an address in the way of its country, and the country in the language of the reader', () => {
  expect(addressLines({ ...empty, line1: 'Demostraße 1', postalCode: '10115', city: 'Berlin' }, 'zh')).toEqual(['Demostraße 1', '10115 Berlin', '德国']);
  expect(addressLines({ ...empty, line1: '1 Demo Street', city: 'Demo City', region: 'NY', postalCode: '10001', country: 'US' }, 'en')).toEqual([
    '1 Demo Street', 'Demo City, NY 10001', 'United States',
  ]);
});

it('leaves out what is not known', () => {
  const chinese = { ...empty, line1: '演示路 3 号', city: '杭州市', region: '浙江省', postalCode: '310000', country: 'CN' };
  expect(addressLines(chinese, 'zh')).toEqual(['中国', '浙江省杭州市', '演示路 3 号', '310000']);
  expect(addressLines(chinese, 'en')).toEqual(['演示路 3 号', '310000 杭州市', '浙江省', 'China']);
  expect(addressLines({ ...chinese, city: 'Hangzhou', region: 'Zhejiang' }, 'zh')).toEqual(['中国', 'Zhejiang Hangzhou', '演示路 3 号', '310000']);
  expect(addressLines(empty, 'en')).toEqual(['Germany']);
});
