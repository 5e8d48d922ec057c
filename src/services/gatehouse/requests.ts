/** The latest requests that concern the caller's account: what became of each, the newest first. */
import type { Gatehouse, RequestRecord } from '../../../models/gatehouse.ts';
import type { NumberedRequest } from '../../store/recent-requests.ts';
import type { Operations, RunContext } from '../operation.ts';

/** The number of requests when MaxItems is not given. */
const maxItemsDefault = 100;

export const requests = {
  /** `Since` is what an earlier answer gave: then only newer ones are told. A page that goes on with `Marker` takes the same `Since` again. */
  ListRequests: {
    access: (_input, { account }) => [{ resource: `arn:aws:gatehouse::${account}:request/*` }],
    run({ Decision, Since, MaxItems = maxItemsDefault, Marker }, context) {
      const { account, recentRequests } = context;
      const found = recentRequests.list(account, {
        limit: MaxItems + 1,
        since: Since === undefined ? undefined : numberOf(Since, context),
        before: Marker === undefined ? undefined : numberOf(Marker, context),
        ...(Decision !== undefined && { keep: ({ decision }) => decision === Decision }),
      });
      const page = found.slice(0, MaxItems);
      const IsTruncated = found.length > page.length;
      return {
        Requests: page.map(shown),
        Since: placeOf(recentRequests.newest(account), context),
        KeptSince: recentRequests.keptSince(account),
        IsTruncated,
        ...(IsTruncated && { Marker: placeOf(page.at(-1)!.number, context) }),
      };
    },
  },
} satisfies Operations<Gatehouse, 'ListRequests'>;

type Context = Pick<RunContext<never>, 'marker' | 'recentRequests'>;

const placeOf = (number: number, { marker, recentRequests }: Context): string => marker.seal(`${recentRequests.generation} ${number}`);

/** Undefined for a place in what another process keeps, or this one before it was started again: there is nothing to go on from. */
function numberOf(place: string, { marker, recentRequests }: Context): number | undefined {
  const [generation, number] = marker.open(place).split(' ');
  return generation === recentRequests.generation ? Number(number) : undefined;
}

function shown({ request }: NumberedRequest): RequestRecord {
  return {
    RequestId: request.requestId,
    Time: request.at,
    Principal: request.principal ?? request.principalAccount ?? 'anonymous',
    PrincipalAccount: request.principalAccount,
    Operation: `${request.service}:${request.operation}`,
    Region: request.region,
    SourceIpAddress: request.sourceIp,
    Decision: request.decision,
    ErrorCode: request.errorCode,
    Message: request.message,
    AuthorizationId: request.authorizationId,
  };
}
