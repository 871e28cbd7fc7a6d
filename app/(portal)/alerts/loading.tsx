import { ListPageSkeleton } from '@/components/ui/skeleton';

export default function AlertsLoading() {
  return <ListPageSkeleton rows={5} columns={4} />;
}
