/** The certificates that devices show: made, registered, switched on and off, deleted. Source: "CreateKeysAndCertificate" and its siblings (AWS IoT API Reference). */
import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Raise } from '../../base/api-error.ts';
import type { Iot } from '../../../models/iot.ts';
import { readCertificateRequest } from '../../credentials/authority/certificate-request.ts';
import { makeKeyPair } from '../../credentials/authority/key-pair.ts';
import { isSignedBy } from '../../proof/x509/certificate.ts';
import type { Certificate } from '../../proof/x509/certificate.ts';
import { isStrongKey } from '../../proof/x509/chain.ts';
import type { CaCertificateDoc, DeviceCertificateDoc } from '../../store/iot-docs.ts';
import type { AccountView, Draft } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { certificateIdOfBytes, readDeviceCertificate, readKept, readOne } from './certificate-text.ts';
import { issueDeviceCertificate } from './issuer.ts';
import { anyAsk, foldId, getCertificate, iotArn, iotAsk } from './lookup.ts';
import { byDate, markedPage } from './paging.ts';

type Status = DeviceCertificateDoc['Status'];
type Registering = Pick<RunContext<never>, 'write' | 'account' | 'region' | 'now'>;

/** AWS: what the subject of a certificate is called whose request says nothing. */
const subjectDefault = [{ type: 'CN', value: 'AWS IoT Certificate' }];

export const certificates = {
  CreateKeysAndCertificate: {
    access: () => [anyAsk()],
    async run({ setAsActive = false }, context) {
      const key = await makeKeyPair('rsa');
      const made = await createCertificate(subjectDefault, createPublicKey(key), setAsActive, context);
      return { ...made, keyPair: { PublicKey: createPublicKey(key).export({ format: 'pem', type: 'spki' }) as string, PrivateKey: key.export({ format: 'pem', type: 'pkcs1' }) as string } };
    },
  },

  CreateCertificateFromCsr: {
    access: () => [anyAsk()],
    async run({ certificateSigningRequest, setAsActive = false }, context) {
      const request = readCertificateRequest(certificateSigningRequest);
      // GUESS: the words. Source of the keys: "CreateCertificateFromCsr": RSA of 2048 bits at least, or an elliptic curve of NIST's.
      if (!request || !isStrongKey(request.publicKey)) throw context.error('InvalidRequestException', 'The certificate signing request is invalid.');
      return createCertificate(request.subject.length > 0 ? request.subject : subjectDefault, request.publicKey, setAsActive, context);
    },
  },

  RegisterCertificate: {
    access: () => [anyAsk()],
    run({ certificatePem, caCertificatePem, setAsActive = false, status }, context) {
      const { region, now, error } = context;
      const certificate = readDeviceCertificate(certificatePem, now, error);
      const given = caCertificatePem === undefined ? undefined : certificateIdOfBytes(readOne(caCertificatePem, error));
      return register(certificate, certificatePem, { status: statusGiven(status, setAsActive, error), mode: 'DEFAULT', authority: (draft) => findAuthority(draft, region, certificate, given, error), taken: (message) => error('ResourceAlreadyExistsException', message) }, context);
    },
  },

  RegisterCertificateWithoutCA: {
    access: () => [anyAsk()],
    run: ({ certificatePem, status }, context) => register(readDeviceCertificate(certificatePem, context.now, context.error), certificatePem, { status: statusGiven(status, false, context.error), mode: 'SNI_ONLY', taken: (message) => context.error('ResourceAlreadyExistsException', message) }, context),
  },

  UpdateCertificate: {
    access: ({ certificateId }, context) => [iotAsk(context, 'cert', foldId(certificateId))],
    run({ certificateId, newStatus }, { write, region, now, error }) {
      if (!isSettable(newStatus)) throw error('InvalidRequestException', `The status of a certificate cannot be set to ${newStatus}.`);
      return write((draft) => {
        const certificate = getCertificate(draft, region, certificateId, error);
        // GUESS: what was taken back stays so.
        if (certificate.Status === 'REVOKED' && newStatus !== 'REVOKED') throw error('CertificateStateException', 'A certificate that was revoked stays revoked.');
        draft.deviceCertificates.update({ ...certificate, Status: newStatus, UpdateDate: now, Version: certificate.Version + 1 });
      });
    },
  },

  DescribeCertificate: {
    access: ({ certificateId }, context) => [iotAsk(context, 'cert', foldId(certificateId))],
    run({ certificateId }, context) {
      const found = getCertificate(context.view, context.region, certificateId, context.error);
      const { notBefore, notAfter } = readKept(found.Certificate);
      return {
        certificateDescription: {
          ...shown(found, context), certificatePem: found.Certificate, ownedBy: context.account, lastModifiedDate: found.UpdateDate, customerVersion: found.Version, validity: { notBefore, notAfter },
          ...(found.CaCertificateId !== undefined && { caCertificateId: found.CaCertificateId }),
        },
      };
    },
  },

  ListCertificates: {
    access: () => [anyAsk()],
    run(page, context) {
      const { items, end } = markedPage(context.view.deviceCertificates.listBy('region', context.region), ({ CreateDate, CertificateId }) => byDate(CreateDate, CertificateId), page, context);
      return { certificates: items.map((one) => shown(one, context)), ...end };
    },
  },

  ListCertificatesByCA: {
    access: () => [anyAsk()],
    run({ caCertificateId, ...page }, context) {
      const { items, end } = markedPage(context.view.deviceCertificates.listBy('authority', foldId(caCertificateId)).filter(({ Region }) => Region === context.region), ({ CreateDate, CertificateId }) => byDate(CreateDate, CertificateId), page, context);
      return { certificates: items.map((one) => shown(one, context)), ...end };
    },
  },

  DeleteCertificate: {
    access: ({ certificateId }, context) => [iotAsk(context, 'cert', foldId(certificateId))],
    run: ({ certificateId, forceDelete = false }, { write, region, error }) => write((draft) => {
      const { CertificateId, Status } = getCertificate(draft, region, certificateId, error);
      if (Status === 'ACTIVE') throw error('CertificateStateException', `Certificate must be deactivated (not ACTIVE) before deletion. certificate ID: ${CertificateId}`);
      if (draft.thingPrincipals.countBy('certificate', CertificateId) > 0) throw error('DeleteConflictException', `Things must be detached before deletion (arn: ${CertificateId})`);
      const attached = draft.devicePolicyAttachments.listBy('certificate', CertificateId);
      if (attached.length > 0 && !forceDelete) throw error('DeleteConflictException', `Certificate policies must be detached before deletion (arn: ${CertificateId})`);
      for (const { PolicyId } of attached) draft.devicePolicyAttachments.remove(pairKey(CertificateId, PolicyId));
      draft.deviceCertificates.remove(CertificateId);
      draft.partition.registeredCertificates.remove(CertificateId);
    }),
  },
} satisfies Operations<Iot, 'CreateKeysAndCertificate' | 'CreateCertificateFromCsr' | 'RegisterCertificate' | 'RegisterCertificateWithoutCA' | 'UpdateCertificate' | 'DescribeCertificate' | 'ListCertificates' | 'ListCertificatesByCA' | 'DeleteCertificate'>;

const isSettable = (status: string): status is Status => status === 'ACTIVE' || status === 'INACTIVE' || status === 'REVOKED';

/** Source: RegisterCertificate, status; `setAsActive` is what it was once called. */
function statusGiven(status: string | undefined, setAsActive: boolean, error: Raise<'InvalidRequestException'>): Status {
  if (status === undefined) return setAsActive ? 'ACTIVE' : 'INACTIVE';
  if (status !== 'ACTIVE' && status !== 'INACTIVE') throw error('InvalidRequestException', `A certificate cannot be registered with the status ${status}.`);
  return status;
}

/** Issues a certificate and registers it. */
async function createCertificate(subject: readonly { readonly type: string; readonly value: string }[], publicKey: KeyObject, setAsActive: boolean, context: RunContext<never>) {
  const certificatePem = await issueDeviceCertificate(subject, publicKey, context);
  const { certificateArn, certificateId } = await register(readKept(certificatePem), certificatePem, { status: setAsActive ? 'ACTIVE' : 'INACTIVE', mode: 'DEFAULT', taken: (message) => new Error(message) }, context);
  return { certificateArn, certificateId, certificatePem };
}

interface Registration { readonly status: Status; readonly mode: DeviceCertificateDoc['Mode']; readonly authority?: (draft: Draft) => CaCertificateDoc; /** What is said where it is registered already. */ readonly taken: (message: string) => Error }

function register(certificate: Certificate, pem: string, { status, mode, authority, taken }: Registration, context: Registering) {
  const { write, account, region, now } = context;
  const CertificateId = certificateIdOfBytes(certificate);
  return write((draft) => {
    const signer = authority?.(draft);
    // By whomever: whose device shows a certificate is known by the certificate alone. Another account is not told whose it is.
    if (!draft.partition.registeredCertificates.insert({ CertificateId, AccountId: account, Region: region })) throw taken(`The certificate is already provisioned or registered. Certificate ID: ${CertificateId}`);
    draft.deviceCertificates.insert({ CertificateId, Region: region, Certificate: pem, Status: status, Mode: mode, CreateDate: now, UpdateDate: now, Version: 1, ...(signer && { CaCertificateId: signer.CertificateId }) });
    return { certificateArn: iotArn(context, 'cert', CertificateId), certificateId: CertificateId };
  });
}

type AuthorityErrors = 'CertificateValidationException' | 'CertificateStateException' | 'CertificateConflictException';

/** The registered authority that signed a certificate. */
function findAuthority(view: AccountView, region: string, certificate: Certificate, given: string | undefined, error: Raise<AuthorityErrors>): CaCertificateDoc {
  const named = view.caCertificates.listBy('subject', pairKey(region, Buffer.from(certificate.issuer.bytes).toString('hex')));
  const candidates = given === undefined ? named : named.filter(({ CertificateId }) => CertificateId === given);
  if (candidates.length === 0) throw error('CertificateValidationException', 'The certificate is not signed by a CA that is registered.');
  // Source: RegisterCertificate: with several of one subject, the request says which.
  if (candidates.length > 1) throw error('CertificateConflictException', 'Several CAs are registered that have this subject: give caCertificatePem.');
  const [authority] = candidates as readonly [CaCertificateDoc];
  if (!isSignedBy(certificate, readKept(authority.Certificate))) throw error('CertificateValidationException', 'The certificate was not signed by the CA that it names.');
  if (authority.Status !== 'ACTIVE') throw error('CertificateStateException', `The CA certificate is not active. CA certificate ID: ${authority.CertificateId}`);
  return authority;
}

const shown = ({ CertificateId, Status, Mode, CreateDate }: DeviceCertificateDoc, place: Pick<RunContext<never>, 'account' | 'region'>) =>
  ({ certificateArn: iotArn(place, 'cert', CertificateId), certificateId: CertificateId, status: Status, certificateMode: Mode, creationDate: CreateDate });
