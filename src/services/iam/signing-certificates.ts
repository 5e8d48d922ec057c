/** X.509 signing certificates of users and of root. Source: "UploadSigningCertificate" and its siblings (IAM API Reference). */
import type { Raise } from '../../base/api-error.ts';
import { newOpaqueId } from '../../base/ids.ts';
import type { Iam, SigningCertificate } from '../../../models/iam.ts';
import { fingerprintOf, readCertificate, validity } from '../../credentials/certificate.ts';
import type { SigningCertificateDoc } from '../../store/user-credential-docs.ts';
import type { AccountView } from '../../store/store.ts';
import type { Operations } from '../operation.ts';
import { pageList } from './paging.ts';
import { claim } from './quotas.ts';
import { getSubject, subjectAsk, type Subject } from './subject.ts';

export const signingCertificates = {
  UploadSigningCertificate: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    async run({ UserName, CertificateBody }, { caller, write, now, random, error }) {
      const CertificateId = newOpaqueId(certificateIdLength, random);
      return write((draft) => {
        const owner = getSubject(UserName, { caller, view: draft, error });
        const read = readCertificate(CertificateBody);
        // AWS: the words are those of server certificates.
        if (!read) throw error('MalformedCertificate', 'Unable to parse certificate. Please ensure the certificate is in PEM format.');
        // GUESS: the words of this and of the next refusal.
        if (validity(read).to <= now) throw error('InvalidCertificate', 'The certificate has expired.');
        const certificate: SigningCertificateDoc = { CertificateId, PrincipalId: owner.principalId, Status: 'Active', UploadDate: now, CertificateBody, Fingerprint: fingerprintOf(read) };
        if (draft.signingCertificates.findBy('fingerprint', certificate.Fingerprint)) throw error('DuplicateCertificate', 'The same certificate is already associated with an IAM user in the account.');
        claim('CertificatesPerUser', draft.signingCertificates.countBy('principal', owner.principalId) + 1, error);
        draft.signingCertificates.insert(certificate);
        return { Certificate: shown(owner, certificate) };
      });
    },
  },

  ListSigningCertificates: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    run({ UserName, ...page }, context) {
      const owner = getSubject(UserName, context);
      const { items, end } = pageList(context.view.signingCertificates.listBy('principal', owner.principalId), ({ CertificateId }) => CertificateId, page, context.marker);
      return { Certificates: items.map((certificate) => shown(owner, certificate)), ...end };
    },
  },

  UpdateSigningCertificate: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    run: ({ UserName, CertificateId, Status }, { caller, write, error }) => write((draft) => {
      const certificate = getCertificate(draft, getSubject(UserName, { caller, view: draft, error }), CertificateId, error);
      // Expired is a status of other credentials; all share one enum. GUESS: the words.
      if (Status === 'Expired') throw error('InvalidInput', 'The status of a signing certificate can be Active or Inactive.');
      draft.signingCertificates.update({ ...certificate, Status });
    }),
  },

  DeleteSigningCertificate: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    run: ({ UserName, CertificateId }, { caller, write, error }) => write((draft) => {
      draft.signingCertificates.remove(getCertificate(draft, getSubject(UserName, { caller, view: draft, error }), CertificateId, error).CertificateId);
    }),
  },
} satisfies Operations<Iam, `${'Upload' | 'Update' | 'Delete'}SigningCertificate` | 'ListSigningCertificates'>;

/** Of the 24 to 128 characters that the model allows. */
const certificateIdLength = 32;

function getCertificate(view: AccountView, owner: Subject, CertificateId: string, error: Raise<'NoSuchEntity'>): SigningCertificateDoc {
  const certificate = view.signingCertificates.find(CertificateId);
  if (certificate?.PrincipalId !== owner.principalId) throw error('NoSuchEntity', `The Certificate with id ${CertificateId} cannot be found.`);
  return certificate;
}

function shown({ UserName }: Subject, { CertificateId, CertificateBody, Status, UploadDate }: SigningCertificateDoc): SigningCertificate {
  // A certificate of root has no UserName, though the model requires one, as with access keys.
  return { ...(UserName !== undefined && { UserName }), CertificateId, CertificateBody, Status, UploadDate } as SigningCertificate;
}
