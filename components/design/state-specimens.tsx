import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { Card, Section } from '@/components/ui/section';
import { FigureSkeleton, Loading, TableSkeleton } from '@/components/ui/skeleton';

const tones: Tone[] = ['neutral', 'accent', 'positive', 'warning', 'negative'];

export function StateSpecimens() {
  return (
    <>
      <Section title="Statuses">
        <div className="flex flex-wrap gap-2">
          {tones.map((tone) => (
            <Badge key={tone} tone={tone}>{tone}</Badge>
          ))}
        </div>
        {tones.map((tone) => (
          <Notice key={tone} tone={tone} title="The last payment failed" action={<Button size="small">Pay now</Button>}>
            We try again on 24 November. 付款失败后我们会自动重试。
          </Notice>
        ))}
      </Section>
      <Section title="Nothing, failing, loading">
        <Card padding="none">
          <EmptyState title="No invoices yet" description="The first one comes at the end of the period." action={<Button>See plans</Button>} />
        </Card>
        <Card padding="none">
          <ErrorState requestId="req_06f2k8" />
        </Card>
        <Loading>
          <div className="flex flex-col gap-4">
            <FigureSkeleton />
            <TableSkeleton rows={3} />
          </div>
        </Loading>
      </Section>
    </>
  );
}
