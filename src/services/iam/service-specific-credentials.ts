/** Credentials of a user for one service alone: a user name and password, or an API key. Source: "CreateServiceSpecificCredential" and its siblings (IAM API Reference). */
import { hash } from 'node:crypto';
import { newOpaqueId } from '../../base/ids.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Iam, ServiceSpecificCredential, ServiceSpecificCredentialMetadata } from '../../../models/iam.ts';
import type { ServiceSpecificCredentialDoc } from '../../store/user-credential-docs.ts';
import type { AccountView, Draft } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { UserDoc } from '../../store/tables.ts';
import type { Ask } from '../../authz/ask.ts';
import type { AccessContext, Operations, RunContext } from '../operation.ts';
import { getUser, userAsk, withContext } from './lookup.ts';
import { listingOf, pageListing, tableListing } from './paging.ts';
import { claim } from './quotas.ts';
import { getSubject, subjectAsk } from './subject.ts';

/** How a service names its credentials, and whether they may end. Source: "Service-specific credentials for IAM users" (IAM User Guide). */
interface SupportedService {
  readonly kind: 'password' | 'apiKey';
  readonly canExpire: boolean;
  /** What the public name of an API key begins with. */
  readonly aliasPrefix?: string;
  /** What an API key begins with. */
  readonly secretPrefix?: string;
}

const supportedServices: Readonly<Record<string, SupportedService>> = {
  'codecommit.amazonaws.com': { kind: 'password', canExpire: false },
  'cassandra.amazonaws.com': { kind: 'password', canExpire: false },
  'bedrock.amazonaws.com': { kind: 'apiKey', canExpire: true, aliasPrefix: 'BedrockAPIKey-', secretPrefix: 'ABSK' },
  // GUESS: what its keys begin with.
  'logs.amazonaws.com': { kind: 'apiKey', canExpire: true, aliasPrefix: 'CloudWatchLogsAPIKey-', secretPrefix: 'ACWL' },
};

export const serviceSpecificCredentials = {
  CreateServiceSpecificCredential: {
    access: ({ UserName, ServiceName, CredentialAgeDays }, { view }) => [withContext(userAsk(view, UserName), {
      'iam:ServiceSpecificCredentialServiceName': ServiceName,
      'iam:ServiceSpecificCredentialAgeDays': CredentialAgeDays === undefined ? undefined : String(CredentialAgeDays),
    })],
    async run({ UserName, ServiceName, CredentialAgeDays }, context) {
      const { account, write, now, newId, random, error } = context;
      const service = getService(ServiceName, error);
      // GUESS: the words.
      if (CredentialAgeDays !== undefined && !service.canExpire) throw error('ValidationError', `CredentialAgeDays is not supported for service ${ServiceName}.`);
      const ServiceSpecificCredentialId = newId('ACCA');
      const suffix = newOpaqueId(aliasSuffixLength, random).toLowerCase();
      const password = newPassword(random);
      return write((draft) => {
        const user = getUser(draft, UserName, error);
        const ofService = draft.serviceSpecificCredentials.listBy('principal', user.UserId).filter((credential) => credential.ServiceName === ServiceName);
        claim('ServiceSpecificCredentialsPerUser', ofService.length + 1, error);
        const PublicName = service.kind === 'apiKey' ? `${service.aliasPrefix}${suffix}-at-${account}` : newServiceUserName(draft, user, ServiceName);
        const secret = secretOf(service, PublicName, password);
        const credential: ServiceSpecificCredentialDoc = {
          ServiceSpecificCredentialId, PrincipalId: user.UserId, ServiceName, Status: 'Active', CreateDate: now, PublicName, SecretHash: hashOf(secret),
          ...(CredentialAgeDays !== undefined && { ExpirationDate: now + CredentialAgeDays * dayMs }),
        };
        if (!draft.serviceSpecificCredentials.insert(credential)) throw error('ServiceFailure', 'A credential of that name was just made. Try again.');
        return { ServiceSpecificCredential: shownOnce(user.UserName, credential, secret, now) };
      });
    },
  },

  ListServiceSpecificCredentials: {
    access({ UserName, AllUsers, ServiceName }, context) {
      // Who lists those of all users is asked for all users. GUESS: AWS names no resource for it.
      const ask = AllUsers === true ? { resource: '*' } : subjectAsk(UserName, context);
      return [withContext(ask, { 'iam:ServiceSpecificCredentialServiceName': ServiceName })];
    },
    run({ UserName, ServiceName, AllUsers, ...page }, context) {
      const { view, marker, now, error } = context;
      // GUESS: the words.
      if (AllUsers === true && UserName !== undefined) throw error('ValidationError', 'UserName and AllUsers cannot be given together.');
      if (ServiceName !== undefined) getService(ServiceName, error);
      const isWanted = (credential: ServiceSpecificCredentialDoc): boolean => ServiceName === undefined || credential.ServiceName === ServiceName;
      const listing = AllUsers === true ? tableListing(view.serviceSpecificCredentials, idOf, isWanted)
        : listingOf(view.serviceSpecificCredentials.listBy('principal', getSubject(UserName, context).principalId).filter(isWanted), idOf);
      const { items, end } = pageListing(listing, page, marker);
      return { ServiceSpecificCredentials: items.map((credential) => shown(ownerName(view, credential), credential, now)), ...end };
    },
  },

  UpdateServiceSpecificCredential: {
    access: ({ UserName, ServiceSpecificCredentialId }, context) => [credentialAsk(UserName, ServiceSpecificCredentialId, context)],
    run: ({ UserName, ServiceSpecificCredentialId, Status }, context) => context.write((draft) => {
      const credential = getCredential(draft, UserName, ServiceSpecificCredentialId, context);
      // A credential expires by its date alone. GUESS: the words.
      if (Status === 'Expired') throw context.error('ValidationError', 'The status of a service-specific credential can be set to Active or Inactive.');
      draft.serviceSpecificCredentials.update({ ...credential, Status });
    }),
  },

  ResetServiceSpecificCredential: {
    access: ({ UserName, ServiceSpecificCredentialId }, context) => [credentialAsk(UserName, ServiceSpecificCredentialId, context)],
    async run({ UserName, ServiceSpecificCredentialId }, context) {
      const password = newPassword(context.random);
      return context.write((draft) => {
        const credential = getCredential(draft, UserName, ServiceSpecificCredentialId, context);
        const secret = secretOf(supportedServices[credential.ServiceName]!, credential.PublicName, password);
        draft.serviceSpecificCredentials.update({ ...credential, SecretHash: hashOf(secret) });
        return { ServiceSpecificCredential: shownOnce(ownerName(draft, credential), credential, secret, context.now) };
      });
    },
  },

  DeleteServiceSpecificCredential: {
    access: ({ UserName, ServiceSpecificCredentialId }, context) => [credentialAsk(UserName, ServiceSpecificCredentialId, context)],
    run: ({ UserName, ServiceSpecificCredentialId }, context) => context.write((draft) => {
      draft.serviceSpecificCredentials.remove(getCredential(draft, UserName, ServiceSpecificCredentialId, context).ServiceSpecificCredentialId);
    }),
  },
} satisfies Operations<Iam, `${'Create' | 'Update' | 'Reset' | 'Delete'}ServiceSpecificCredential` | 'ListServiceSpecificCredentials'>;

/** Asks for the owner, with the service that the credential is for. */
function credentialAsk(UserName: string | undefined, id: string, context: AccessContext<never>): Ask {
  return withContext(subjectAsk(UserName, context), { 'iam:ServiceSpecificCredentialServiceName': context.view.serviceSpecificCredentials.find(id)?.ServiceName });
}

const dayMs = 86_400_000;
const aliasSuffixLength = 4;
/** As base64 they are 60 characters that end in `=`. AWS: recorded answers. */
const passwordBytes = 44;

const newPassword = (random: RunContext<never>['random']): string => Buffer.from(random(passwordBytes)).toString('base64');

/** An API key tells its own name, so that it is presented alone. */
const secretOf = ({ kind, secretPrefix = '' }: SupportedService, name: string, password: string): string => (kind === 'apiKey' ? secretPrefix + Buffer.from(`${name}:${password}`).toString('base64') : password);

/** What is kept of a secret. */
export const hashOf = (secret: string): string => hash('sha256', secret, 'base64');

function getService(ServiceName: string, error: Raise<'NotSupportedService'>): SupportedService {
  if (!Object.hasOwn(supportedServices, ServiceName)) throw error('NotSupportedService', `No such service ${ServiceName} is supported for Service Specific Credentials`);
  return supportedServices[ServiceName]!;
}

/** `alice-at-111122223333`, and for a second one `alice+1-at-…`: names differ within the service, whoever had one before. */
function newServiceUserName(draft: Draft, { UserName }: UserDoc, ServiceName: string): string {
  for (let i = 0; ; i++) {
    const name = `${UserName}${i === 0 ? '' : `+${i}`}-at-${draft.account}`;
    if (!draft.serviceSpecificCredentials.findBy('name', pairKey(ServiceName, name))) return name;
  }
}

type Asked = Pick<RunContext<'NoSuchEntity'>, 'caller' | 'error'>;

/** The credential of that id, which must be the user's. */
function getCredential(view: AccountView, UserName: string | undefined, id: string, { caller, error }: Asked): ServiceSpecificCredentialDoc {
  const owner = getSubject(UserName, { caller, view, error });
  const credential = view.serviceSpecificCredentials.find(id);
  if (credential?.PrincipalId !== owner.principalId) throw error('NoSuchEntity', 'No such credential ID exists');
  return credential;
}

const idOf = ({ ServiceSpecificCredentialId }: ServiceSpecificCredentialDoc): string => ServiceSpecificCredentialId;

/** INVARIANT: a user that has such credentials cannot be deleted. */
const ownerName = (view: AccountView, { PrincipalId }: ServiceSpecificCredentialDoc): string => view.users.find(PrincipalId)!.UserName;

function shown(UserName: string, credential: ServiceSpecificCredentialDoc, now: Timestamp): ServiceSpecificCredentialMetadata {
  const { ServiceSpecificCredentialId, ServiceName, CreateDate, ExpirationDate, PublicName } = credential;
  return {
    UserName, ServiceSpecificCredentialId, ServiceName, CreateDate,
    Status: ExpirationDate !== undefined && ExpirationDate <= now ? 'Expired' : credential.Status,
    ...(ExpirationDate !== undefined && { ExpirationDate }),
    ...(supportedServices[ServiceName]!.kind === 'apiKey' ? { ServiceCredentialAlias: PublicName } : { ServiceUserName: PublicName }),
  };
}

/** With its secret, which nobody can read again. */
function shownOnce(UserName: string, credential: ServiceSpecificCredentialDoc, secret: string, now: Timestamp): ServiceSpecificCredential {
  const isApiKey = supportedServices[credential.ServiceName]!.kind === 'apiKey';
  return { ...shown(UserName, credential, now), ...(isApiKey ? { ServiceCredentialSecret: secret } : { ServicePassword: secret }) };
}
