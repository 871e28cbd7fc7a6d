import { Document, Page, Text, View } from '@react-pdf/renderer';
import { fontFamilies } from '../fonts';
import type { InvoiceContent } from './content';
import { styles, tones } from './styles';

function Party({ head, party }: { head: string; party: InvoiceContent['seller'] }) {
  return (
    <View style={styles.party}>
      <Text style={styles.partyHead}>{head}</Text>
      <Text style={styles.strong}>{party.name}</Text>
      {party.lines.map((line, index) => (
        <Text key={index}>{line}</Text>
      ))}
    </View>
  );
}

function Stamp({ stamp }: { stamp: NonNullable<InvoiceContent['stamp']> }) {
  const color = tones[stamp.tone];
  return (
    <View style={[styles.stamp, { borderColor: color, color }]}>
      <Text style={styles.stampText}>{stamp.text}</Text>
      <Text style={styles.stampDate}>{stamp.date}</Text>
    </View>
  );
}

function Lines({ content: { texts, lines } }: { content: InvoiceContent }) {
  return (
    <View style={styles.table}>
      <View style={styles.head} fixed>
        <Text style={styles.description}>{texts.description}</Text>
        <Text style={styles.quantity}>{texts.quantity}</Text>
        <Text style={styles.unitPrice}>{texts.unitPrice}</Text>
        <Text style={styles.amount}>{texts.amount}</Text>
      </View>
      {lines.map((line, index) => (
        <View key={index} style={styles.row} wrap={false}>
          <View style={styles.description}>
            <Text>{line.description}</Text>
            {line.period !== '' && <Text style={[styles.muted, { fontSize: 8 }]}>{line.period}</Text>}
          </View>
          <Text style={styles.quantity}>{line.quantity}</Text>
          <Text style={styles.unitPrice}>{line.unitPrice}</Text>
          <Text style={styles.amount}>{line.amount}</Text>
        </View>
      ))}
    </View>
  );
}

function Totals({ content: { totals, total } }: { content: InvoiceContent }) {
  return (
    <View style={styles.totals} wrap={false}>
      {totals.map((fact, index) => (
        <View key={index} style={styles.total}>
          <Text style={styles.muted}>{fact.term}</Text>
          <Text style={styles.value}>{fact.value}</Text>
        </View>
      ))}
      <View style={styles.due}>
        <Text>{total.term}</Text>
        <Text style={styles.value}>{total.value}</Text>
      </View>
    </View>
  );
}

function Head({ content: { texts, number, seller, stamp } }: { content: InvoiceContent }) {
  return (
    <View style={styles.top}>
      <View>
        <Text style={styles.title}>{texts.title}</Text>
        <Text style={styles.number}>{number}</Text>
      </View>
      <View>
        <Text style={styles.sellerName}>{seller.name}</Text>
        {stamp && <Stamp stamp={stamp} />}
      </View>
    </View>
  );
}

function Facts({ content: { facts } }: { content: InvoiceContent }) {
  return (
    <View style={styles.facts}>
      {facts.map((fact) => (
        <View key={fact.term} style={styles.fact}>
          <Text style={styles.factTerm}>{fact.term}</Text>
          <Text>{fact.value}</Text>
        </View>
      ))}
    </View>
  );
}

function Notes({ content: { notes, texts } }: { content: InvoiceContent }) {
  if (notes.length === 0) return null;
  return (
    <View style={styles.notes} wrap={false}>
      <Text style={styles.partyHead}>{texts.notes}</Text>
      {notes.map((note) => (
        <Text key={note}>{note}</Text>
      ))}
    </View>
  );
}

function Footer({ content: { seller, number, texts } }: { content: InvoiceContent }) {
  return (
    <View style={styles.footer} fixed>
      <Text>{seller.name}</Text>
      <Text>{number}</Text>
      <Text render={({ pageNumber, totalPages }) => texts.page.replace('{page}', String(pageNumber)).replace('{pages}', String(totalPages))} />
    </View>
  );
}

/** An invoice on A4. A long table goes on over pages under a repeated head. */
export function InvoiceDocument({ content }: { content: InvoiceContent }) {
  const { texts, language, seller, customer, issuedAt } = content;
  return (
    <Document
      title={`${texts.title} ${content.number}`}
      author={seller.name}
      language={language === 'zh' ? 'zh-CN' : 'en'}
      creationDate={issuedAt}
      modificationDate={issuedAt}
      producer={seller.name}
      creator={seller.name}
    >
      <Page size="A4" style={[styles.page, { fontFamily: fontFamilies(language) }]}>
        <Head content={content} />
        <Facts content={content} />
        <View style={styles.parties}>
          <Party head={texts.from} party={seller} />
          <Party head={texts.billTo} party={customer} />
        </View>
        <Text style={styles.headline}>{content.headline}</Text>
        <Lines content={content} />
        <Totals content={content} />
        <Notes content={content} />
        <Footer content={content} />
      </Page>
    </Document>
  );
}
