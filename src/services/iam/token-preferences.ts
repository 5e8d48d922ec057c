/** SetSecurityTokenServicePreferences: which version of session tokens the global endpoint of STS gives. */
import type { Iam } from '../../../models/iam.ts';
import type { Operations } from '../operation.ts';
import { changeSettings } from './account-settings.ts';

/** The choice. Tokens of the first version are not valid in the regions that an account opts into (services/sts/issue.ts). */
export const tokenPreferences = {
  SetSecurityTokenServicePreferences: {
    access: () => [{ resource: '*' }],
    run: ({ GlobalEndpointTokenVersion }, { write }) => write((draft) => changeSettings(draft, { GlobalEndpointTokenVersion })),
  },
} satisfies Operations<Iam, 'SetSecurityTokenServicePreferences'>;
