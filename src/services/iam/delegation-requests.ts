/** Temporary delegation to partners of AWS. Only who was taken on as a partner can ask for it, nobody is here, and so there is no request to answer. Source: "CreateDelegationRequest" and its siblings (IAM API Reference). */
import type { Iam } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Operations } from '../operation.ts';

/** The operations that a request's owner or approver answers it with. */
type Answering = 'Accept' | 'Associate' | 'Get' | 'Reject' | 'Update';

export const delegationRequests = {
  CreateDelegationRequest: {
    access: ({ SessionDuration, NotificationChannel, Permissions: { PolicyTemplateArn } }, { account }) => [{
      resource: requestArn(account, '*'),
      context: { 'iam:DelegationDuration': String(SessionDuration), 'iam:NotificationChannel': NotificationChannel, 'iam:TemplateArn': PolicyTemplateArn },
    }],
    // The page says that the operation is for partners who were taken on. GUESS: the words in which others are refused.
    run(_input, { account, error }) {
      throw error('AccessDenied', `The account ${account} is not onboarded to create delegation requests.`);
    },
  },

  ListDelegationRequests: {
    access: ({ OwnerId }) => [{ resource: '*', context: { 'iam:DelegationRequestOwner': OwnerId } }],
    run({ Marker }, { marker }) {
      // No page was ever given a marker, so that none is good.
      if (Marker !== undefined) marker.open(Marker);
      return { DelegationRequests: [], isTruncated: false };
    },
  },

  SendDelegationToken: {
    access: ({ DelegationRequestId }, { account }) => [requestAsk(account, DelegationRequestId)],
    run({ DelegationRequestId }, { error }) {
      throw absent(DelegationRequestId, error);
    },
  },

  GetHumanReadableSummary: {
    access: ({ EntityArn }, { error }) => {
      if (!arn.parse(EntityArn)) throw error('ValidationError', 'Invalid ARN:  Could not be parsed!');
      return [{ resource: EntityArn }];
    },
    run({ EntityArn }, { account, error }) {
      const prefix = requestArn(account, '');
      // GUESS: the words; the page says that no other kind of entity has a summary.
      if (!EntityArn.startsWith(prefix)) throw error('InvalidInput', 'The entity must be a delegation request.');
      throw absent(EntityArn.slice(prefix.length), error);
    },
  },

  AcceptDelegationRequest: answering(),
  AssociateDelegationRequest: answering(),
  GetDelegationRequest: answering(),
  RejectDelegationRequest: answering(),
  UpdateDelegationRequest: answering(),
} satisfies Operations<Iam, `${Answering}DelegationRequest` | 'CreateDelegationRequest' | 'ListDelegationRequests' | 'SendDelegationToken' | 'GetHumanReadableSummary'>;

const requestArn = (account: string, id: string): string => `arn:${arn.partition}:iam::${account}:delegation-request/${id}`;
const requestAsk = (account: string, id: string): Ask => ({ resource: requestArn(account, id) });

/** GUESS: the words. */
const absent = (id: string, error: Raise<'NoSuchEntity'>): Error => error('NoSuchEntity', `The delegation request with id ${id} cannot be found.`);

/** An operation on a request, of which there is none. */
function answering() {
  return {
    access: ({ DelegationRequestId }: { readonly DelegationRequestId: string }, { account }: { readonly account: string }): [Ask] => [requestAsk(account, DelegationRequestId)],
    run({ DelegationRequestId }: { readonly DelegationRequestId: string }, { error }: { readonly error: Raise<'NoSuchEntity'> }): never {
      throw absent(DelegationRequestId, error);
    },
  };
}
