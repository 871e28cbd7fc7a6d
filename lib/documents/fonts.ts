import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Font } from '@react-pdf/renderer';
import type { Language } from '@/lib/i18n/languages';
import { unpackWoff } from './woff';

const packages = join(process.cwd(), 'node_modules');

function inter(subset: string, weight: number): string {
  const file = readFileSync(join(packages, `@fontsource/inter/files/inter-${subset}-${weight}-normal.woff`));
  return `data:font/ttf;base64,${unpackWoff(file).toString('base64')}`;
}

const notoSansSc = (folder: string) => join(packages, `@expo-google-fonts/noto-sans-sc/${folder}/NotoSansSC_${folder}.ttf`);

// Inter comes in one file a script. A text takes each character from the first family that has it.
const subsets = ['latin', 'latin-ext', 'cyrillic', 'greek', 'vietnamese'];

const latin = subsets.map((subset) => `Inter ${subset}`);
const chinese = 'Noto Sans SC';

/**
 * The families of a text, in the order in which they are asked for a character. A Chinese text takes its Latin letters
 * and figures from the Chinese face too, so that all stand on one line.
 */
export function fontFamilies(language: Language): string[] {
  return language === 'zh' ? [chinese, ...latin] : [...latin, chinese];
}

// What may not begin or end a line of Chinese.
const closing = '，。、；：？！）》」』】〉”’%…';
const opening = '（《「『【〈“‘';
const cjk = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uffef';
const pieces = new RegExp(`[${opening}]*[${cjk}][${closing}]*|[^${cjk}${opening}]+|[${opening}]+`, 'gu');
const longestWord = 28;

/**
 * Where a word may be broken: between Chinese characters, and inside words too long for a column. An empty piece is a
 * break without a hyphen. Other words stay whole.
 */
export function breakWord(word: string): string[] {
  const parts = (word.match(pieces) ?? [word]).flatMap((piece) => (piece.length > longestWord ? [...piece] : [piece]));
  return parts.length === 1 ? parts : parts.flatMap((part) => [part, '']);
}

/** The text with `□` for each character that no family has, such as an emoji, which would otherwise come out as another one. */
export function printable(text: string): string {
  return [...text].map((character) => (isPrintable(character.codePointAt(0) ?? 0) ? character : '□')).join('');
}

function isPrintable(codePoint: number): boolean {
  return codePoint < 0x20 || [...latin, chinese].some((family) => Font.getFont({ fontFamily: family, fontWeight: 400 })?.data?.hasGlyphForCodePoint(codePoint));
}

/** Makes the families known to the renderer. Call once a process. */
export async function registerFonts(): Promise<void> {
  for (const subset of subsets) {
    Font.register({ family: `Inter ${subset}`, fonts: [400, 600].map((fontWeight) => ({ src: inter(subset, fontWeight), fontWeight })) });
  }
  Font.register({ family: chinese, fonts: [{ src: notoSansSc('400Regular'), fontWeight: 400 }, { src: notoSansSc('600SemiBold'), fontWeight: 600 }] });
  Font.registerHyphenationCallback(breakWord);
  await Promise.all([...latin, chinese].map((fontFamily) => Font.load({ fontFamily, fontWeight: 400 })));
}
