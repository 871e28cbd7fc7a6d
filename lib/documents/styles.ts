import { StyleSheet } from '@react-pdf/renderer';
import type { Template } from './look';

const ink = '#16181d';
const muted = '#5c6370';
const hairline = '#d9dce1';
/** Ink of a stamp. */
export const tones = { positive: '#14724a', negative: '#a32a2a' };
const tabular = ['tnum'];

/** Points. */
const measures = {
  classic: { text: 9, small: 8, lineHeight: 1.45, title: 22, headline: 15, margin: 48, top: 44, gap: 22, rowPadding: 4.5, totals: 270 },
  compact: { text: 8, small: 7, lineHeight: 1.35, title: 15, headline: 10.5, margin: 36, top: 32, gap: 12, rowPadding: 2.2, totals: 250 },
};

/** Points that a digit of a table takes at most, in the wider of the two faces. */
export const figureWidth: Record<Template, number> = { classic: measures.classic.text * 0.66, compact: measures.compact.text * 0.66 };

function stylesOf(template: Template) {
  const { text, small, lineHeight, title, headline, margin, top, gap, rowPadding, totals } = measures[template];
  // On each part and not on the page: a footer that inherits a line height is lost. Beside the size that it is a multiple of.
  const body = { fontSize: text, lineHeight };
  return StyleSheet.create({
    page: { color: ink, paddingTop: top, paddingBottom: 62, paddingHorizontal: margin },
    muted: { color: muted },
    strong: { fontWeight: 600 },
    small: { fontSize: small },
    top: { ...body, flexDirection: 'row', justifyContent: 'space-between', alignItems: 'flex-start', marginBottom: gap },
    title: { fontSize: title, fontWeight: 600, lineHeight: 1.2 },
    number: { fontSize: text + 1, lineHeight, color: muted, marginTop: 2 },
    sellerSide: { alignItems: 'flex-end', maxWidth: 260 },
    logo: { height: template === 'classic' ? 36 : 24, maxWidth: 160, objectFit: 'contain', objectPosition: 'right', marginBottom: 6 },
    sellerName: { fontSize: text + 3, lineHeight: 1.35, fontWeight: 600, textAlign: 'right' },
    stamp: { borderWidth: 1.5, borderRadius: 3, paddingVertical: 3, paddingHorizontal: 9, marginTop: 8, alignSelf: 'flex-end', alignItems: 'center', transform: 'rotate(-4deg)' },
    stampText: { fontSize: 13, fontWeight: 600, textAlign: 'center', lineHeight: 1.25 },
    stampDate: { fontSize: 7.5, textAlign: 'center', lineHeight: 1.3 },
    facts: { ...body, flexDirection: 'row', flexWrap: 'wrap', rowGap: gap * 0.3, borderTopWidth: 0.75, borderBottomWidth: 0.75, borderColor: hairline, paddingVertical: gap * 0.4, marginBottom: gap },
    fact: { width: '25%', paddingRight: 8 },
    factTerm: { color: muted, fontSize: small },
    parties: { ...body, flexDirection: 'row', marginBottom: gap },
    party: { width: '50%', paddingRight: 24 },
    partyHead: { color: muted, fontSize: small, marginBottom: 2 },
    headline: { fontSize: headline, fontWeight: 600, lineHeight: 1.35, marginBottom: gap * 0.7, fontFeatureSettings: tabular },
    row: { flexDirection: 'row', borderBottomWidth: 0.5, borderColor: hairline, paddingVertical: rowPadding },
    table: body,
    head: { flexDirection: 'row', borderBottomWidth: 0.75, borderColor: ink, paddingBottom: 4, color: muted, fontSize: small },
    words: { flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingRight: 14 },
    figure: { textAlign: 'right', fontFeatureSettings: tabular, paddingLeft: 6 },
    totals: { ...body, marginTop: gap * 0.45, marginLeft: 'auto', width: totals },
    total: { flexDirection: 'row', justifyContent: 'space-between', paddingVertical: rowPadding * 0.78 },
    totalTerm: { color: muted, flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingRight: 12 },
    due: { flexDirection: 'row', justifyContent: 'space-between', borderTopWidth: 0.75, borderColor: ink, paddingTop: 6, marginTop: 3, fontSize: text + 2, lineHeight, fontWeight: 600 },
    value: { textAlign: 'right', fontFeatureSettings: tabular, flexShrink: 0 },
    notes: { ...body, marginTop: gap * 1.2, maxWidth: 380 },
    footer: { position: 'absolute', left: margin, right: margin, bottom: 30, flexDirection: 'row', justifyContent: 'space-between', borderTopWidth: 0.5, borderColor: hairline, paddingTop: 7, fontSize: 7.5, color: muted },
  });
}

export type Styles = ReturnType<typeof stylesOf>;
export const styles: Record<Template, Styles> = { classic: stylesOf('classic'), compact: stylesOf('compact') };
