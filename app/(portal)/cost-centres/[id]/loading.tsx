import { ListPageSkeleton } from '@/components/ui/skeleton';

export default function CostCentreLoading() {
  return <ListPageSkeleton rows={3} columns={4} />;
}
