import { useTranslations } from 'next-intl';
import type { Permission } from '@/lib/auth/permissions';
import { Checkbox } from '../ui/choice';
import { scopeGroups } from './scope-groups';

interface ScopeChoiceProps {
  /** Those that can be given. */
  offered: readonly Permission[];
  chosen: readonly Permission[];
  onChange: (chosen: Permission[]) => void;
}

/** Each permission by itself, in groups by what it is about. */
export function ScopeChoice({ offered, chosen, onChange }: ScopeChoiceProps) {
  const text = useTranslations('apiKeys');
  const toggle = (permission: Permission) => onChange(chosen.includes(permission) ? chosen.filter((one) => one !== permission) : [...chosen, permission]);
  return (
    <div className="rounded-lg border border-line">
      {scopeGroups(offered).map(({ subject, permissions }) => (
        <fieldset key={subject} className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line px-3 py-2 last:border-b-0">
          <legend className="contents">
            <span className="min-w-0 flex-1 basis-36 text-sm font-medium">{text(`group_${subject as 'usage'}`)}</span>
          </legend>
          {(['read', 'write'] as const).map((verb) => {
            const permission = permissions.find((one) => one.endsWith(`:${verb}`));
            return (
              <span key={verb} className="w-24">
                {permission && <Checkbox label={text(`verb_${verb}`)} checked={chosen.includes(permission)} onChange={() => toggle(permission)} />}
              </span>
            );
          })}
        </fieldset>
      ))}
    </div>
  );
}
