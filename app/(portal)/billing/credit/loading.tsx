import { Loading, Skeleton, TableSkeleton } from '@/components/ui/skeleton';
import { Page } from '@/components/ui/section';

export default function CreditStatementLoading() {
  return (
    <Loading>
      <Page>
        <div className="flex flex-col gap-2.5">
          <Skeleton className="h-7 w-48" />
          <Skeleton className="h-4 w-80 max-w-full" />
        </div>
        <TableSkeleton rows={8} columns={4} />
      </Page>
    </Loading>
  );
}
