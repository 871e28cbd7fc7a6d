'use server';

import { profileChangeInput } from '@/lib/billing/accounts/schema';
import { updateAccount } from '@/lib/billing/accounts/update-account';
import { action } from '@/lib/http/action';

export const saveProfile = action({ permission: 'account:write', input: profileChangeInput, handle: updateAccount });
