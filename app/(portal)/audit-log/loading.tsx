import { ListPageSkeleton } from '@/components/ui/skeleton';

export default function AuditLogLoading() {
  return <ListPageSkeleton rows={10} columns={3} />;
}
