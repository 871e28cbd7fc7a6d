import { ListPageSkeleton } from '@/components/ui/skeleton';

export default function TeamLoading() {
  return <ListPageSkeleton rows={4} columns={4} />;
}
