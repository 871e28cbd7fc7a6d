import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { DescriptionList } from '@/components/ui/description-list';
import { FigureRow, StatFigure } from '@/components/ui/figure';
import { Meter } from '@/components/ui/meter';
import { FilterTabs, Pagination, TextLink } from '@/components/ui/navigation';
import { Card, CardFooter, Section } from '@/components/ui/section';
import { Cell, ColumnHeader, Row, RowLink, Table, TableBody, TableHeader } from '@/components/ui/table';
import { CalendarDate, DateTime, Money, Period, Quantity, UnitPrice } from '@/components/ui/values';

const period = { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' };

const invoices = [
  { number: 'INV-2026-0011', tone: 'warning', status: 'Open', minor: '2999', currency: 'USD' },
  { number: 'INV-2026-0010', tone: 'positive', status: 'Paid', minor: '123456', currency: 'CNY' },
  { number: 'INV-2026-0009', tone: 'negative', status: 'Overdue', minor: '900719925474099301', currency: 'USD' },
  { number: 'INV-2026-0008', tone: 'neutral', status: 'Void', minor: '-2999', currency: 'JPY' },
] as const;

export function DataSpecimens() {
  return (
    <>
      <Section title="Figures">
        <FigureRow>
          <StatFigure label="API calls" value={<Quantity value="8412" />} hint="of 10,000" trend={{ change: 0.124, moreIs: 'neutral' }} />
          <StatFigure label="Cost" value={<Money value={{ minor: '418523', currency: 'USD' }} />} trend={{ change: 0.08, moreIs: 'bad' }} hint="against October" />
          <StatFigure label="Success rate" value="99.4%" trend={{ change: 0.011, moreIs: 'good' }} />
          <StatFigure label="词元" value={<Quantity compact value="9007199254740993" />} hint={<Period value={period} />} />
        </FigureRow>
      </Section>
      <Section title="Meters">
        <Card>
          <div className="grid gap-6 md:grid-cols-2">
            <Meter label="API calls" name="API calls" used="2500" limit="10000" hint="Resets on 1 December" />
            <Meter label="Tokens" name="Tokens" used="812345" limit="1000000" unit="tokens" />
            <Meter label="坐席" name="坐席" used="5" limit="5" />
            <Meter label="Storage" name="Storage" used="130" limit="100" unit="GB" hint="Overage is charged" />
            <Meter label="E-mail" name="E-mail" used="42000" limit={null} />
            <Meter label="Documents" name="Documents" used="0" limit="50" />
          </div>
        </Card>
      </Section>
      <Section title="Table" actions={<FilterTabs label="Status" tabs={[{ href: '/design', label: 'All', count: 1204, current: true }, { href: '/design?status=open', label: 'Open', count: 3, current: false }, { href: '/design?status=paid', label: '已支付', current: false }]} />}>
        <Card padding="none">
          <Table label="Invoices">
            <TableHeader>
              <ColumnHeader>Number</ColumnHeader>
              <ColumnHeader>Status</ColumnHeader>
              <ColumnHeader>Period</ColumnHeader>
              <ColumnHeader align="end">Units</ColumnHeader>
              <ColumnHeader align="end">Total</ColumnHeader>
            </TableHeader>
            <TableBody>
              {invoices.map((invoice) => (
                <Row key={invoice.number}>
                  <Cell nowrap>
                    <RowLink href="/design">{invoice.number}</RowLink>
                  </Cell>
                  <Cell>
                    <Badge tone={invoice.tone}>{invoice.status}</Badge>
                  </Cell>
                  <Cell muted>
                    <Period value={period} />
                  </Cell>
                  <Cell align="end">
                    <Quantity value="10000" />
                  </Cell>
                  <Cell align="end">
                    <Money value={invoice} />
                  </Cell>
                </Row>
              ))}
            </TableBody>
          </Table>
          <CardFooter>
            <Pagination page={2} pageSize={20} total={1204} href={(page) => `/design?page=${page}`} />
          </CardFooter>
        </Card>
      </Section>
      <Section title="Details">
        <Card>
          <DescriptionList
            items={[
              { term: 'Account', value: <span className="inline-flex items-center gap-1 font-mono text-sm">acc_06f2k8 <CopyButton value="acc_06f2k8" label="Copy account id" /></span> },
              { term: '下次续订', value: <DateTime value="2026-12-01T00:00:00Z" format="dateTime" /> },
              { term: 'Started', value: <CalendarDate value="2026-08-01" /> },
              { term: 'Price a token', value: <UnitPrice amount="0.0000125" currency="USD" /> },
              { term: 'Tax id', value: null },
              { term: 'Plan', value: <TextLink href="/design">Pro</TextLink> },
            ]}
          />
        </Card>
      </Section>
    </>
  );
}
