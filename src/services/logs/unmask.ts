/** Data protection masks parts of events, and whoever wants them unmasked needs a permission of its own; no group here has such a policy, so that there is nothing masked. Source: GetLogEvents, FilterLogEvents, unmask. */
import type { Ask } from '../../authz/ask.ts';
import type { AccessContext } from '../operation.ts';
import { groupAsk } from './lookup.ts';

export const unmaskAsk = (context: Pick<AccessContext<never>, 'view' | 'account' | 'region'>, group: string): Ask => ({ ...groupAsk(context, group), action: 'logs:Unmask' });
