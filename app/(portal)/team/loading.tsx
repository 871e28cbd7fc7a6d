import { Loading, Skeleton, TableSkeleton } from '@/components/ui/skeleton';
import { Page } from '@/components/ui/section';

export default function TeamLoading() {
  return (
    <Loading>
      <Page>
        <div className="flex flex-col gap-2.5">
          <Skeleton className="h-7 w-32" />
          <Skeleton className="h-4 w-80 max-w-full" />
        </div>
        <div className="flex flex-col gap-3">
          <Skeleton className="h-5 w-28" />
          <TableSkeleton rows={4} columns={4} />
        </div>
      </Page>
    </Loading>
  );
}
