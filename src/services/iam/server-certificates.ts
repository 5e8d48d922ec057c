/** Server certificates: a certificate, its private key and the chain that signed it. Source: "UploadServerCertificate" and its siblings (IAM API Reference). */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Iam, ServerCertificateMetadata } from '../../../models/iam.ts';
import type { Ask } from '../../authz/ask.ts';
import { brokenChainLink, chainLengthMax, isKeyOf, readCertificate, readCertificates, validity } from '../../credentials/certificate.ts';
import type { ServerCertificateDoc } from '../../store/user-credential-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { foldCase } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { withContext } from './lookup.ts';
import { pageTable } from './paging.ts';
import { claimAdjustable } from './quotas.ts';
import { tagPage } from './resource-tags.ts';
import { mergeTags, removeTags, requestTagContext, resourceTagContext, tagKeysContext } from './tags.ts';

export const serverCertificates = {
  UploadServerCertificate: {
    access({ ServerCertificateName, Path = '/', Tags }, { account }) {
      const ask = { resource: arn.serverCertificate(account, Path, ServerCertificateName), context: requestTagContext(Tags) };
      return Tags?.length ? [ask, { ...ask, action: 'iam:TagServerCertificate' }] : [ask];
    },
    async run({ ServerCertificateName, Path = '/', CertificateBody, CertificateChain, PrivateKey, Tags = [] }, { account, write, now, newId, seal, error }) {
      const Expiration = checkedExpiration(CertificateBody, PrivateKey, CertificateChain, error);
      const ServerCertificateId = newId('ASCA');
      const certificate: ServerCertificateDoc = {
        // AWS: the white space around them is not kept, that inside is; of signing certificates it is. (The Terraform provider's tests against AWS, seen 2026-11.)
        ServerCertificateId, ServerCertificateName, Path, UploadDate: now, Expiration, CertificateBody: CertificateBody.trim(),
        ...(CertificateChain !== undefined && { CertificateChain: CertificateChain.trim() }),
        PrivateKey: seal.seal(PrivateKey, { account, table: 'serverCertificates', key: ServerCertificateId, field: 'PrivateKey' }),
        ...(Tags.length > 0 && { Tags: mergeTags('serverCertificate', undefined, Tags, error) }),
      };
      return write((draft) => {
        claimAdjustable(draft, 'ServerCertificatesPerAccount', draft.serverCertificates.size + 1, error);
        if (!draft.serverCertificates.insert(certificate)) throw alreadyExists(ServerCertificateName, error);
        return { ServerCertificateMetadata: metadata(account, certificate), ...(certificate.Tags && { Tags: certificate.Tags }) };
      });
    },
  },

  GetServerCertificate: {
    access: ({ ServerCertificateName }, { view }) => [certificateAsk(view, ServerCertificateName)],
    run({ ServerCertificateName }, { account, view, error }) {
      const certificate = getCertificate(view, ServerCertificateName, error);
      const { CertificateBody, CertificateChain, Tags = [] } = certificate;
      return { ServerCertificate: { ServerCertificateMetadata: metadata(account, certificate), CertificateBody, ...(CertificateChain !== undefined && { CertificateChain }), Tags } };
    },
  },

  ListServerCertificates: {
    // GUESS: named as ListUsers is.
    access: ({ PathPrefix = '/' }, { account }) => [{ resource: arn.serverCertificate(account, PathPrefix, '') }],
    run({ PathPrefix = '/', ...page }, { account, view, marker }) {
      const { docs, end } = pageTable(view.serverCertificates, page, marker, ({ Path }) => Path.startsWith(PathPrefix));
      return { ServerCertificateMetadataList: docs.map((certificate) => metadata(account, certificate)), ...end };
    },
  },

  UpdateServerCertificate: {
    // The certificate as it is and as it will be named must both be allowed. Source: "UpdateServerCertificate" (IAM API Reference).
    access({ ServerCertificateName, NewPath, NewServerCertificateName }, { account, view }) {
      const ask = certificateAsk(view, ServerCertificateName);
      const certificate = findCertificate(view, ServerCertificateName);
      const resource = arn.serverCertificate(account, NewPath ?? certificate?.Path ?? '/', NewServerCertificateName ?? certificate?.ServerCertificateName ?? ServerCertificateName);
      return resource === ask.resource ? [ask] : [ask, { ...ask, resource }];
    },
    run: ({ ServerCertificateName, NewPath, NewServerCertificateName }, { write, error }) => write((draft) => {
      const certificate = getCertificate(draft, ServerCertificateName, error);
      const renamed = { ...certificate, Path: NewPath ?? certificate.Path, ServerCertificateName: NewServerCertificateName ?? certificate.ServerCertificateName };
      if (!draft.serverCertificates.update(renamed)) throw alreadyExists(renamed.ServerCertificateName, error);
    }),
  },

  DeleteServerCertificate: {
    access: ({ ServerCertificateName }, { view }) => [certificateAsk(view, ServerCertificateName)],
    run: ({ ServerCertificateName }, { write, error }) => write((draft) => {
      draft.serverCertificates.remove(getCertificate(draft, ServerCertificateName, error).ServerCertificateId);
    }),
  },

  TagServerCertificate: {
    access: ({ ServerCertificateName, Tags }, { view }) => [withContext(certificateAsk(view, ServerCertificateName), requestTagContext(Tags))],
    run: ({ ServerCertificateName, Tags }, { write, error }) => write((draft) => {
      const certificate = getCertificate(draft, ServerCertificateName, error);
      draft.serverCertificates.update({ ...certificate, Tags: mergeTags('serverCertificate', certificate.Tags, Tags, error) });
    }),
  },

  UntagServerCertificate: {
    access: ({ ServerCertificateName, TagKeys }, { view }) => [withContext(certificateAsk(view, ServerCertificateName), tagKeysContext(TagKeys))],
    run: ({ ServerCertificateName, TagKeys }, { write, error }) => write((draft) => {
      const certificate = getCertificate(draft, ServerCertificateName, error);
      draft.serverCertificates.update({ ...certificate, Tags: removeTags('serverCertificate', certificate.Tags, TagKeys) });
    }),
  },

  ListServerCertificateTags: {
    access: ({ ServerCertificateName }, { view }) => [certificateAsk(view, ServerCertificateName)],
    run: ({ ServerCertificateName, ...page }, { view, marker, error }) => tagPage(getCertificate(view, ServerCertificateName, error).Tags, page, marker),
  },
} satisfies Operations<Iam, `${'Upload' | 'Get' | 'Update' | 'Delete' | 'Tag' | 'Untag'}ServerCertificate` | 'ListServerCertificates' | 'ListServerCertificateTags'>;

/** When the certificate ends, once it, its key and its chain are found to belong together. */
function checkedExpiration(body: string, privateKey: string, chain: string | undefined, error: Raise<'MalformedCertificate' | 'KeyPairMismatch'>): Timestamp {
  const certificate = readCertificate(body);
  if (!certificate) throw error('MalformedCertificate', 'Unable to parse certificate. Please ensure the certificate is in PEM format.');
  const isOwnKey = isKeyOf(certificate, privateKey);
  // GUESS: the words of this and of the next refusal.
  if (isOwnKey === undefined) throw error('MalformedCertificate', 'Unable to parse private key. Please ensure the private key is not encrypted and is in PEM format.');
  if (!isOwnKey) throw error('KeyPairMismatch', 'Certificate and PrivateKey do not match.');
  if (chain !== undefined) checkChain(certificate, chain, error);
  return validity(certificate).to;
}

/** AWS: the words are recorded, and the index of a first link that does not hold is -1. */
function checkChain(certificate: Parameters<typeof brokenChainLink>[0], chain: string, error: Raise<'MalformedCertificate'>): void {
  const certificates = readCertificates(chain);
  const index = certificates && certificates.length <= chainLengthMax ? brokenChainLink(certificate, certificates) : -1;
  if (index === undefined) return;
  throw error('MalformedCertificate', `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${index}`);
}

const findCertificate = (view: AccountView, name: string): ServerCertificateDoc | undefined => view.serverCertificates.findBy('name', foldCase(name));

function getCertificate(view: AccountView, name: string, error: Raise<'NoSuchEntity'>): ServerCertificateDoc {
  const certificate = findCertificate(view, name);
  if (!certificate) throw error('NoSuchEntity', `The Server Certificate with name ${name} cannot be found.`);
  return certificate;
}

function alreadyExists(name: string, error: Raise<'EntityAlreadyExists'>): Error {
  return error('EntityAlreadyExists', `The Server Certificate with name ${name} already exists.`);
}

function certificateAsk(view: AccountView, name: string): Ask {
  const certificate = findCertificate(view, name);
  return { resource: arn.serverCertificate(view.account, certificate?.Path ?? '/', certificate?.ServerCertificateName ?? name), context: resourceTagContext('serverCertificate', certificate?.Tags) };
}

function metadata(account: string, { ServerCertificateId, ServerCertificateName, Path, UploadDate, Expiration }: ServerCertificateDoc): ServerCertificateMetadata {
  return { Path, ServerCertificateName, ServerCertificateId, Arn: arn.serverCertificate(account, Path, ServerCertificateName), UploadDate, Expiration };
}
