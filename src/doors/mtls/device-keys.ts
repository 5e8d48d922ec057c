/** What is known of a device, as the policies of its certificate ask for it, and as those of its role do. Source: "Thing policy variables", "X.509 Certificate AWS IoT Core policy variables" (AWS IoT Developer Guide). */
import type { Certificate } from '../../proof/x509/certificate.ts';
import type { ThingDoc } from '../../store/iot-docs.ts';

/** The attributes of names that are variables, by what certificates call them. */
const nameKeys: Readonly<Record<string, string>> = {
  CN: 'CommonName', O: 'Organization', OU: 'OrganizationalUnit', C: 'Country', ST: 'State', serialNumber: 'SerialNumber', title: 'Title', SN: 'Surname', GN: 'GivenName', initials: 'Initials', pseudonym: 'Pseudonym',
  generationQualifier: 'GenerationQualifier', dnQualifier: 'DistinguishedNameQualifier',
};

export function deviceKeys({ subject, issuer, serialNumber, extensions: { alternativeNames } }: Certificate, thing: ThingDoc | undefined): Readonly<Record<string, string | undefined>> {
  return {
    // A thing that is named here is one of the certificate's: others were refused.
    ...(thing && { 'iot:Connection.Thing.ThingName': thing.ThingName, 'iot:Connection.Thing.ThingTypeName': thing.ThingTypeName, 'iot:Connection.Thing.IsAttached': 'true' }),
    ...Object.fromEntries(Object.entries(thing?.Attributes ?? {}).map(([name, value]) => [`iot:Connection.Thing.Attributes[${name}]`, value])),
    ...nameVariables('iot:Certificate.Subject', subject),
    ...nameVariables('iot:Certificate.Issuer', issuer),
    'iot:CertificateSerialNumber': serialNumber,
    ...listed('iot:Certificate.Subject.AlternativeName.DNSName', alternativeNames.dns),
    ...listed('iot:Certificate.Subject.AlternativeName.RFC822Name', alternativeNames.email),
    ...listed('iot:Certificate.Subject.AlternativeName.UniformResourceIdentifier', alternativeNames.uri),
  };
}

/** One that comes once stands under its name, and each of several under its number, from 0. Source: the same: values of one name are told apart by an index. */
function nameVariables(prefix: string, { attributes }: Certificate['subject']): Record<string, string> {
  return Object.assign({}, ...Object.entries(nameKeys).map(([type, name]) => listed(`${prefix}.${name}`, attributes.filter((one) => one.type === type).map(({ value }) => value)))) as Record<string, string>;
}

function listed(name: string, values: readonly string[]): Record<string, string> {
  return Object.fromEntries([...(values.length === 1 ? [[name, values[0]!]] : []), ...values.map((value, i) => [`${name}.${i}`, value])]);
}

/** What the policies of the role may ask for as long as the session lasts. Source: "Authorizing direct calls …", step 5. */
export function sessionKeys(certificateId: string, thing: ThingDoc | undefined): Readonly<Record<string, string>> {
  return {
    'credentials-iot:AwsCertificateId': certificateId,
    ...(thing && { 'credentials-iot:ThingName': thing.ThingName, ...(thing.ThingTypeName !== undefined && { 'credentials-iot:ThingTypeName': thing.ThingTypeName }) }),
  };
}
