import { StyleSheet } from '@react-pdf/renderer';

const ink = '#16181d';
const muted = '#5c6370';
const hairline = '#d9dce1';
/** Ink of a stamp. */
export const tones = { positive: '#14724a', negative: '#a32a2a' };
const tabular = ['tnum'];
// On each part and not on the page: a footer that inherits a line height is lost. Beside the size that it is a multiple of.
const body = { fontSize: 9, lineHeight: 1.45 };

/** Measures are points. */
export const styles = StyleSheet.create({
  page: { color: ink, paddingTop: 44, paddingBottom: 62, paddingHorizontal: 48 },
  muted: { color: muted },
  strong: { fontWeight: 600 },
  top: { ...body, flexDirection: 'row', justifyContent: 'space-between', alignItems: 'flex-start', marginBottom: 22 },
  title: { fontSize: 22, fontWeight: 600, lineHeight: 1.2 },
  number: { fontSize: 10, lineHeight: 1.45, color: muted, marginTop: 2 },
  sellerName: { fontSize: 12, lineHeight: 1.35, fontWeight: 600, textAlign: 'right', maxWidth: 260 },
  stamp: { borderWidth: 1.5, borderRadius: 3, paddingVertical: 3, paddingHorizontal: 9, marginTop: 8, alignSelf: 'flex-end', alignItems: 'center', transform: 'rotate(-4deg)' },
  stampText: { fontSize: 13, fontWeight: 600, textAlign: 'center', lineHeight: 1.25 },
  stampDate: { fontSize: 7.5, textAlign: 'center', lineHeight: 1.3 },
  facts: { ...body, flexDirection: 'row', flexWrap: 'wrap', borderTopWidth: 0.75, borderBottomWidth: 0.75, borderColor: hairline, paddingVertical: 9, marginBottom: 22 },
  fact: { width: '25%', paddingRight: 8 },
  factTerm: { color: muted, fontSize: 8 },
  parties: { ...body, flexDirection: 'row', marginBottom: 24 },
  party: { width: '50%', paddingRight: 24 },
  partyHead: { color: muted, fontSize: 8, marginBottom: 2 },
  headline: { fontSize: 15, fontWeight: 600, lineHeight: 1.35, marginBottom: 16, fontFeatureSettings: tabular },
  row: { flexDirection: 'row', borderBottomWidth: 0.5, borderColor: hairline, paddingVertical: 4.5 },
  table: body,
  head: { flexDirection: 'row', borderBottomWidth: 0.75, borderColor: ink, paddingBottom: 4, color: muted, fontSize: 8 },
  description: { flexGrow: 1, flexShrink: 1, flexBasis: 0, paddingRight: 14 },
  quantity: { width: 84, textAlign: 'right', fontFeatureSettings: tabular, paddingLeft: 6 },
  unitPrice: { width: 84, textAlign: 'right', fontFeatureSettings: tabular, paddingLeft: 6 },
  amount: { width: 88, textAlign: 'right', fontFeatureSettings: tabular, paddingLeft: 6 },
  totals: { ...body, marginTop: 10, marginLeft: 'auto', width: 270 },
  total: { flexDirection: 'row', justifyContent: 'space-between', paddingVertical: 3.5 },
  due: { flexDirection: 'row', justifyContent: 'space-between', borderTopWidth: 0.75, borderColor: ink, paddingTop: 6, marginTop: 3, fontSize: 11, lineHeight: 1.45, fontWeight: 600 },
  value: { textAlign: 'right', fontFeatureSettings: tabular },
  notes: { ...body, marginTop: 26, maxWidth: 380 },
  footer: { position: 'absolute', left: 48, right: 48, bottom: 30, flexDirection: 'row', justifyContent: 'space-between', borderTopWidth: 0.5, borderColor: hairline, paddingTop: 7, fontSize: 7.5, color: muted },
});
