/** What is kept of an exchange for those who watch an account's requests: nothing that the request carried. */
import type { RecentRequest } from '../store/recent-requests.ts';
import type { Exchange } from './exchange.ts';
import type { Plane } from './plane.ts';

/** Keeps it for the caller's account, and for the others that own what was addressed. Who is not proven is nobody's: the audit log has it. */
export function keepRecent({ recentRequests: recent, store }: Pick<Plane, 'recentRequests' | 'store'>, exchange: Exchange): void {
  const { caller, operation, decision, error, ownerAccounts, presentedAccount } = exchange;
  // Whoever watches would see nothing else.
  if (!caller || !operation || isWatching(exchange)) return;
  const { account } = caller;
  const request: RecentRequest = {
    requestId: exchange.request.requestId,
    at: exchange.request.receivedAt,
    principal: caller.arn,
    principalAccount: account,
    service: exchange.serviceName!,
    operation: operation.name,
    region: exchange.region,
    sourceIp: exchange.request.remoteAddress,
    decision,
    errorCode: error?.code,
    // Other errors may repeat what they were given.
    message: decision === 'denied' ? error?.message : undefined,
    authorizationId: exchange.authorizationId,
  };
  const own = account ?? presentedAccount ?? ownerAccounts[0];
  if (own !== undefined) recent.record(own, request);
  for (const owner of ownerAccounts) {
    // Of another account's caller, and of what its own policies said, the owner learns what the request itself told.
    // An account that is not there has been named, and is not in memory.
    if (owner !== own && store.loaded(owner)) recent.record(owner, { ...request, principal: account === undefined ? caller.arn : undefined, message: undefined, authorizationId: undefined });
  }
}

const isWatching = ({ serviceName, operation, decision }: Exchange): boolean => serviceName === 'gatehouse' && operation?.name === 'ListRequests' && decision === 'allowed';
