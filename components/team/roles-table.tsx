import { useTranslations } from 'next-intl';
import { Badge } from '../ui/badge';
import { Card, Section } from '../ui/section';
import { rolesGivenBy, type Role } from './types';

/** What each role may do, in a line each; `role` is the viewer's own. */
export function RolesTable({ role: own }: { role: Role }) {
  const text = useTranslations('team');
  const shell = useTranslations('shell');
  return (
    <Section title={text('rolesTitle')}>
      <Card padding="none">
        <dl>
          {rolesGivenBy('owner').map((role) => (
            <div key={role} className="flex flex-wrap gap-x-6 gap-y-0.5 border-b border-line px-4 py-2.5 text-sm last:border-b-0">
              <dt className="flex basis-32 items-center gap-2 font-medium">
                {shell(`role_${role}`)}
                {role === own && <Badge tone="accent">{text('you')}</Badge>}
              </dt>
              <dd className="min-w-0 flex-1 basis-60 text-ink-muted">{text(`can_${role}`)}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </Section>
  );
}
