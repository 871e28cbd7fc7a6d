import { Document, Image, Page, Text, View } from '@react-pdf/renderer';
import type { Column, DocumentContent, Party as PartyContent, Stamp as StampContent } from './content/document-content';
import { fontFamilies } from './fonts';
import type { Look, Template } from './look';
import { figureWidth, styles, tones, type Styles } from './styles';

interface PartProps {
  content: DocumentContent;
  style: Styles;
}

function Party({ head, party, style }: { head: string; party: PartyContent; style: Styles }) {
  return (
    <View style={style.party}>
      <Text style={style.partyHead}>{head}</Text>
      <Text style={style.strong}>{party.name}</Text>
      {party.lines.map((line, index) => (
        <Text key={index}>{line}</Text>
      ))}
    </View>
  );
}

function Stamp({ stamp, style }: { stamp: StampContent; style: Styles }) {
  const color = tones[stamp.tone];
  return (
    <View style={[style.stamp, { borderColor: color, color }]}>
      <Text style={style.stampText}>{stamp.text}</Text>
      <Text style={style.stampDate}>{stamp.date}</Text>
    </View>
  );
}

/** Compact tables write the smaller line beside the words. */
function Words({ text, detail, template, style }: { text: string; detail: string; template: Template; style: Styles }) {
  if (template === 'compact') {
    return (
      <Text style={style.words}>
        {text}
        {detail !== '' && <Text style={[style.muted, style.small]}>{`  ${detail}`}</Text>}
      </Text>
    );
  }
  return (
    <View style={style.words}>
      <Text>{text}</Text>
      {detail !== '' && <Text style={[style.muted, style.small]}>{detail}</Text>}
    </View>
  );
}

/** The columns, each of figures wide enough for its longest: a figure has no place to break. */
function fitting({ columns, rows }: DocumentContent, template: Template): Column[] {
  return columns.map((column, index) => {
    if (column.width === undefined) return column;
    const longest = Math.max(0, ...rows.map((row) => row.figures[index - 1]?.length ?? 0));
    return { ...column, width: Math.max(column.width, longest * figureWidth[template] + 8) };
  });
}

function Table({ content, template, style }: PartProps & { template: Template }) {
  const { rows } = content;
  const columns = fitting(content, template);
  const cell = ({ width }: Column) => (width === undefined ? style.words : [style.figure, { width }]);
  return (
    <View style={style.table}>
      <View style={style.head} fixed>
        {columns.map((column, index) => (
          <Text key={index} style={cell(column)}>
            {column.head}
          </Text>
        ))}
      </View>
      {rows.map((row, index) => (
        <View key={index} style={style.row} wrap={false}>
          <Words text={row.text} detail={row.detail} template={template} style={style} />
          {row.figures.map((figure, place) => (
            <Text key={place} style={cell(columns[place + 1] ?? { head: '', width: 80 })}>
              {figure}
            </Text>
          ))}
        </View>
      ))}
    </View>
  );
}

function Totals({ content: { totals, total }, style }: PartProps) {
  return (
    <View style={style.totals} wrap={false}>
      {totals.map((fact, index) => (
        <View key={index} style={style.total}>
          <Text style={style.totalTerm}>{fact.term}</Text>
          <Text style={style.value}>{fact.value}</Text>
        </View>
      ))}
      <View style={style.due}>
        <Text>{total.term}</Text>
        <Text style={style.value}>{total.value}</Text>
      </View>
    </View>
  );
}

function Head({ content: { title, number, seller, stamp }, logo, style }: PartProps & { logo: Look['logo'] }) {
  return (
    <View style={style.top}>
      <View>
        <Text style={style.title}>{title}</Text>
        {number !== '' && <Text style={style.number}>{number}</Text>}
      </View>
      <View style={style.sellerSide}>
        {/* eslint-disable-next-line jsx-a11y/alt-text -- an image of a PDF takes none; the seller's name stands below it */}
        {logo && <Image style={style.logo} src={{ data: Buffer.from(logo), format: 'png' }} />}
        <Text style={style.sellerName}>{seller.name}</Text>
        {stamp && <Stamp stamp={stamp} style={style} />}
      </View>
    </View>
  );
}

function Facts({ content: { facts }, style }: PartProps) {
  return (
    <View style={style.facts}>
      {facts.map((fact) => (
        <View key={fact.term} style={style.fact}>
          <Text style={style.factTerm}>{fact.term}</Text>
          <Text>{fact.value}</Text>
        </View>
      ))}
    </View>
  );
}

function Notes({ content: { notes, texts }, style }: PartProps) {
  if (notes.length === 0) return null;
  return (
    <View style={style.notes} wrap={false}>
      <Text style={style.partyHead}>{texts.notes}</Text>
      {notes.map((note) => (
        <Text key={note}>{note}</Text>
      ))}
    </View>
  );
}

function Footer({ content: { seller, number, texts }, style }: PartProps) {
  return (
    <View style={style.footer} fixed>
      <Text>{seller.name}</Text>
      <Text>{number}</Text>
      <Text render={({ pageNumber, totalPages }) => texts.page.replace('{page}', String(pageNumber)).replace('{pages}', String(totalPages))} />
    </View>
  );
}

/** A document on A4 or Letter. A long table goes on over pages under a repeated head. */
export function PortalDocument({ content, look: { template, paper, logo } }: { content: DocumentContent; look: Look }) {
  const { texts, language, seller, customer, issuedAt } = content;
  const style = styles[template];
  return (
    <Document
      title={`${content.title} ${content.number}`.trim()}
      author={seller.name}
      language={language === 'zh' ? 'zh-CN' : 'en'}
      creationDate={issuedAt}
      modificationDate={issuedAt}
      producer={seller.name}
      creator={seller.name}
    >
      <Page size={paper === 'Letter' ? 'LETTER' : 'A4'} style={[style.page, { fontFamily: fontFamilies(language) }]}>
        <Head content={content} logo={logo} style={style} />
        <Facts content={content} style={style} />
        <View style={style.parties}>
          <Party head={texts.from} party={seller} style={style} />
          <Party head={texts.billTo} party={customer} style={style} />
        </View>
        <Text style={style.headline}>{content.headline}</Text>
        <Table content={content} template={template} style={style} />
        <Totals content={content} style={style} />
        <Notes content={content} style={style} />
        <Footer content={content} style={style} />
      </Page>
    </Document>
  );
}
