import { useTranslations } from 'next-intl';
import { RadioGroup } from '../ui/choice';
import { rolesGivenBy, type Role } from './types';

/** One role of those that the viewer may give, each with what it may do. */
export function RoleChoice({ value, onChange, givenBy }: { value: Role; onChange: (role: Role) => void; givenBy: Role }) {
  const text = useTranslations('team');
  const shell = useTranslations('shell');
  const options = rolesGivenBy(givenBy).map((role) => ({ value: role, label: shell(`role_${role}`), hint: text(`can_${role}`) }));
  return <RadioGroup cards legend={text('role')} name="role" options={options} value={value} onValueChange={(role) => onChange(role as Role)} />;
}
