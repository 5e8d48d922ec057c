/** Who came with certificates and was given a session. Source: "GetSubject" and "ListSubjects" (IAM Roles Anywhere API Reference). */
import type { CertificateCaller } from '../../base/caller.ts';
import { newUuid } from '../../base/ids.ts';
import type { Rolesanywhere, SubjectSummary } from '../../../models/rolesanywhere.ts';
import { certificateUse, subjectUse } from '../../store/roles-anywhere-docs.ts';
import type { CertificateSubjectDoc } from '../../store/roles-anywhere-docs.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { rolesAnywhereLimits } from './limits.ts';
import { anyAsk, get, listOf, resourceArn, resourceAsk } from './lookup.ts';
import { pageOf } from './paging.ts';

export const subjects = {
  GetSubject: {
    access: ({ subjectId }, context) => [resourceAsk('subject', context, subjectId)],
    run({ subjectId }, context) {
      const { view, region, error, lastUsed } = context;
      const subject = get('subject', view, region, subjectId, error);
      const seenAt = (serialNumber: string): { readonly seenAt?: number } => {
        const use = lastUsed.find(certificateUse(subjectId, serialNumber));
        return use ? { seenAt: use.at } : {};
      };
      return {
        subject: {
          ...shownSubject(subject, context),
          credentials: subject.Certificates.map(({ SerialNumber, Issuer, Certificate }) => ({ serialNumber: SerialNumber, issuer: Issuer, x509CertificateData: Certificate, enabled: true, failed: false, ...seenAt(SerialNumber) })),
          instanceProperties: subject.InstanceProperties ? [{ seenAt: subject.InstanceProperties.SeenDate, properties: subject.InstanceProperties.Properties, failed: false }] : [],
        },
      };
    },
  },

  ListSubjects: {
    access: () => [anyAsk()],
    run(page, context) {
      const { docs, end } = pageOf(listOf('subject', context.view, context.region), ({ SubjectId }) => SubjectId, page, context);
      return { subjects: docs.map((subject) => shownSubject(subject, context)), ...end };
    },
  },
} satisfies Operations<Rolesanywhere, 'GetSubject' | 'ListSubjects'>;

function shownSubject({ SubjectId, Region, Subject, CreateDate, UpdateDate }: CertificateSubjectDoc, { account, lastUsed }: Pick<RunContext<never>, 'account' | 'lastUsed'>): SubjectSummary {
  const use = lastUsed.find(subjectUse(SubjectId));
  return { subjectArn: resourceArn(account, Region, 'subject', SubjectId), subjectId: SubjectId, enabled: true, x509Subject: Subject, createdAt: CreateDate, updatedAt: UpdateDate, ...(use && { lastSeenAt: use.at }) };
}

interface Seen { readonly certificate: CertificateCaller['certificate']; readonly instanceProperties: Readonly<Record<string, string>> | undefined }

/** Remembers whose certificate was shown: in the journal only what was not known of it; that it was shown again is a mark of a use. Resolves to the subject's id. */
export async function rememberSubject({ certificate, instanceProperties }: Seen, { view, region, now, random, write, lastUsed }: Pick<RunContext<never, CertificateCaller>, 'view' | 'region' | 'now' | 'random' | 'write' | 'lastUsed'>): Promise<string> {
  const known = view.certificateSubjects.findBy('subject', pairKey(region, certificate.subject));
  const id = known && isKnown(known, certificate, instanceProperties) ? known.SubjectId : await write((draft) => {
    const found = draft.certificateSubjects.findBy('subject', pairKey(region, certificate.subject));
    if (!found && draft.certificateSubjects.countBy('region', region) >= rolesAnywhereLimits.subjectsMax) return newUuid(random);
    const subject = withSeen(found ?? { SubjectId: newUuid(random), Region: region, Subject: certificate.subject, CreateDate: now, UpdateDate: now, Certificates: [] }, certificate, instanceProperties, now);
    if (found) draft.certificateSubjects.update(subject);
    else draft.certificateSubjects.insert(subject);
    return subject.SubjectId;
  });
  const use = { at: now, service: 'rolesanywhere', region };
  lastUsed.mark(subjectUse(id), use);
  lastUsed.mark(certificateUse(id, certificate.serialNumber), use);
  return id;
}

const isKnown = ({ Certificates, InstanceProperties }: CertificateSubjectDoc, { pem }: Seen['certificate'], properties: Seen['instanceProperties']): boolean =>
  Certificates.some(({ Certificate }) => Certificate === pem) && (properties === undefined || JSON.stringify(InstanceProperties?.Properties) === JSON.stringify(sorted(properties)));

function withSeen(subject: CertificateSubjectDoc, { serialNumber, issuer, pem }: Seen['certificate'], properties: Seen['instanceProperties'], now: number): CertificateSubjectDoc {
  const isNew = !subject.Certificates.some(({ Certificate }) => Certificate === pem);
  return {
    ...subject, UpdateDate: now,
    Certificates: isNew ? [{ SerialNumber: serialNumber, Issuer: issuer, Certificate: pem }, ...subject.Certificates].slice(0, rolesAnywhereLimits.certificatesPerSubjectMax) : subject.Certificates,
    ...(properties && { InstanceProperties: { SeenDate: now, Properties: sorted(properties) } }),
  };
}

const sorted = (properties: Readonly<Record<string, string>>): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(properties).toSorted(([a], [b]) => (a < b ? -1 : 1)));
