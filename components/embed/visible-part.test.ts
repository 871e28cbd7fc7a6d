import { expect, it } from 'vitest';
import { propertiesOf } from './visible-part';

it('gives dialogs the part that is seen, and never one too small to read', () => {
  expect(propertiesOf({ top: 1_200.4, height: 640 })).toEqual({ '--visible-top': '1200px', '--visible-height': '640px', '--hidden-below': 'max(0px, 100dvh - 1840px)' });
  expect(propertiesOf({ top: -3, height: 12 })).toMatchObject({ '--visible-top': '0px', '--visible-height': '240px' });
});
