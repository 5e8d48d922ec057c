/** Authorities whose certificates may be registered, and the proof that they are the account's. Source: "RegisterCACertificate" and its siblings (AWS IoT API Reference). */
import type { Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Iot } from '../../../models/iot.ts';
import { isSignedBy } from '../../proof/x509/certificate.ts';
import type { Certificate } from '../../proof/x509/certificate.ts';
import { authorityFinding, chainFindings } from '../../proof/x509/chain.ts';
import type { CaCertificateDoc } from '../../store/iot-docs.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { certificateIdOfBytes, readKept, readOne } from './certificate-text.ts';
import { iotLimits } from './limits.ts';
import { anyAsk, findCaCertificate, foldId, getCaCertificate, iotArn, taggedAsk } from './lookup.ts';
import { byDate, markedPage } from './paging.ts';
import { readTags, requestTagContext } from './tags.ts';

export const caCertificates = {
  GetRegistrationCode: {
    access: () => [anyAsk()],
    async run(_, { view, region, random, write }) {
      const known = view.deviceAuthorities.find(region)?.RegistrationCode;
      if (known !== undefined) return { registrationCode: known };
      const RegistrationCode = Buffer.from(random(32)).toString('hex');
      return write((draft) => {
        const found = draft.deviceAuthorities.find(region);
        if (found?.RegistrationCode !== undefined) return { registrationCode: found.RegistrationCode };
        if (found) draft.deviceAuthorities.update({ ...found, RegistrationCode });
        else draft.deviceAuthorities.insert({ Region: region, RegistrationCode });
        return { registrationCode: RegistrationCode };
      });
    },
  },

  DeleteRegistrationCode: {
    access: () => [anyAsk()],
    run: (_, { write, region }) => write((draft) => {
      const found = draft.deviceAuthorities.find(region);
      if (!found) return {};
      const { RegistrationCode: __, ...rest } = found;
      draft.deviceAuthorities.update(rest);
      return {};
    }),
  },

  RegisterCACertificate: {
    access: ({ tags }, { error }) => [anyAsk(requestTagContext(readTags(tags, error)))],
    run({ caCertificate, verificationCertificate, setAsActive = false, allowAutoRegistration = false, registrationConfig, tags, certificateMode = 'DEFAULT' }, context) {
      const { write, region, now, error } = context;
      if (allowAutoRegistration || registrationConfig) throw error('InvalidRequestException', 'Certificates are registered here one by one: there is no registration with the first connection.');
      const authority = readAuthority(caCertificate, now, error);
      const Tags = readTags(tags, error);
      const doc: CaCertificateDoc = {
        CertificateId: certificateIdOfBytes(authority), Region: region, Certificate: caCertificate, SubjectName: Buffer.from(authority.subject.bytes).toString('hex'), Status: setAsActive ? 'ACTIVE' : 'INACTIVE', Mode: certificateMode,
        CreateDate: now, UpdateDate: now, Version: 1, ...(Tags.length > 0 && { Tags }),
      };
      return write((draft) => {
        checkVerification(authority, verificationCertificate, certificateMode, draft.deviceAuthorities.find(region)?.RegistrationCode, now, error);
        if (draft.caCertificates.countBy('subject', pairKey(region, doc.SubjectName)) >= iotLimits.authoritiesPerSubjectMax) throw error('LimitExceededException', `At most ${iotLimits.authoritiesPerSubjectMax} CAs can have one subject.`);
        if (!draft.caCertificates.insert(doc)) throw error('ResourceAlreadyExistsException', `The CA certificate is already registered. CA certificate ID: ${doc.CertificateId}`);
        return { certificateArn: iotArn(context, 'cacert', doc.CertificateId), certificateId: doc.CertificateId };
      });
    },
  },

  DescribeCACertificate: {
    access: ({ certificateId }, context) => [taggedAsk(context, 'cacert', foldId(certificateId), findCaCertificate(context.view, context.region, certificateId))],
    run({ certificateId }, context) {
      const found = getCaCertificate(context.view, context.region, certificateId, context.error);
      const { notBefore, notAfter } = readKept(found.Certificate);
      return {
        certificateDescription: {
          ...shown(found, context), certificatePem: found.Certificate, ownedBy: context.account, autoRegistrationStatus: 'DISABLE', lastModifiedDate: found.UpdateDate, customerVersion: found.Version,
          validity: { notBefore, notAfter }, certificateMode: found.Mode,
        },
      };
    },
  },

  UpdateCACertificate: {
    access: ({ certificateId }, context) => [taggedAsk(context, 'cacert', foldId(certificateId), findCaCertificate(context.view, context.region, certificateId))],
    run({ certificateId, newStatus, newAutoRegistrationStatus, registrationConfig }, { write, region, now, error }) {
      if (newAutoRegistrationStatus === 'ENABLE' || registrationConfig) throw error('InvalidRequestException', 'Certificates are registered here one by one: there is no registration with the first connection.');
      return write((draft) => {
        const found = getCaCertificate(draft, region, certificateId, error);
        draft.caCertificates.update({ ...found, ...(newStatus !== undefined && { Status: newStatus }), UpdateDate: now, Version: found.Version + 1 });
      });
    },
  },

  DeleteCACertificate: {
    access: ({ certificateId }, context) => [taggedAsk(context, 'cacert', foldId(certificateId), findCaCertificate(context.view, context.region, certificateId))],
    run: ({ certificateId }, { write, region, error }) => write((draft) => {
      const { CertificateId, Status } = getCaCertificate(draft, region, certificateId, error);
      if (Status === 'ACTIVE') throw error('CertificateStateException', `CA certificate must be deactivated (not ACTIVE) before deletion. CA certificate ID: ${CertificateId}`);
      draft.caCertificates.remove(pairKey(region, CertificateId));
      return {};
    }),
  },

  ListCACertificates: {
    access: () => [anyAsk()],
    run({ templateName, ...page }, context) {
      // No authority has a template.
      const all = templateName === undefined ? context.view.caCertificates.listBy('region', context.region) : [];
      const { items, end } = markedPage(all, ({ CreateDate, CertificateId }) => byDate(CreateDate, CertificateId), page, context);
      return { certificates: items.map((one) => shown(one, context)), ...end };
    },
  },
} satisfies Operations<Iot, 'GetRegistrationCode' | 'DeleteRegistrationCode' | 'RegisterCACertificate' | 'DescribeCACertificate' | 'UpdateCACertificate' | 'DeleteCACertificate' | 'ListCACertificates'>;

function readAuthority(pem: string, now: Timestamp, error: Raise<'CertificateValidationException'>): Certificate {
  const authority = readOne(pem, error);
  const finding = authorityFinding(authority, now);
  if (finding) throw error('CertificateValidationException', `The CA certificate cannot be registered: ${chainFindings[finding]}.`);
  return authority;
}

/** That the account holds the authority's key: it signed a certificate whose common name is the account's code. Source: "Register your CA certificate" (AWS IoT Developer Guide). With SNI_ONLY nothing is claimed that would have to be proven. */
function checkVerification(authority: Certificate, pem: string | undefined, mode: CaCertificateDoc['Mode'], code: string | undefined, now: Timestamp, error: Raise<'RegistrationCodeValidationException' | 'CertificateValidationException' | 'InvalidRequestException'>): void {
  if (pem === undefined) {
    if (mode === 'DEFAULT') throw error('InvalidRequestException', 'verificationCertificate is required.');
    return;
  }
  const verification = readOne(pem, error);
  const names = verification.subject.attributes.filter(({ type }) => type === 'CN');
  if (code === undefined || names.length !== 1 || names[0]!.value !== code) throw error('RegistrationCodeValidationException', 'The common name of the verification certificate is not the registration code.');
  if (!isSignedBy(verification, authority) || now < verification.notBefore || now > verification.notAfter) throw error('CertificateValidationException', 'The verification certificate is not signed by the CA, or not valid now.');
}

const shown = ({ CertificateId, Status, CreateDate }: CaCertificateDoc, place: Pick<RunContext<never>, 'account' | 'region'>) =>
  ({ certificateArn: iotArn(place, 'cacert', CertificateId), certificateId: CertificateId, status: Status, creationDate: CreateDate });
