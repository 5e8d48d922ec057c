/** Identity providers and server certificates, with the AWS CLI. */
import assert from 'node:assert/strict';
import { leafCertificate } from '../../certificates.ts';
import { assertHolds, type Cli } from './cli.ts';

/** `saml.xml`, `leaf.pem`, `leaf.key` and `chain.pem` are files beside the CLI. */
export async function tourProviders({ json, text, refusal }: Cli, account: string): Promise<void> {
  const oidc = `arn:aws:iam::${account}:oidc-provider/issuer.example`;
  assertHolds(await json`iam create-open-id-connect-provider --url https://issuer.example --client-id-list one two --thumbprint-list cf23df2207d99a74fbe169e3eba035e633b65d94 --tags Key=team,Value=blue`, { OpenIDConnectProviderArn: oidc });
  await text`iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${oidc} --client-id three`;
  await text`iam remove-client-id-from-open-id-connect-provider --open-id-connect-provider-arn ${oidc} --client-id one`;
  await text`iam update-open-id-connect-provider-thumbprint --open-id-connect-provider-arn ${oidc} --thumbprint-list 990f4193972f2becf12ddeda5237f9c952f20d9e`;
  assertHolds(await json`iam get-open-id-connect-provider --open-id-connect-provider-arn ${oidc}`, { Url: 'issuer.example', ClientIDList: ['two', 'three'], ThumbprintList: ['990f4193972f2becf12ddeda5237f9c952f20d9e'] });
  await text`iam tag-open-id-connect-provider --open-id-connect-provider-arn ${oidc} --tags Key=site,Value=a`;
  await text`iam untag-open-id-connect-provider --open-id-connect-provider-arn ${oidc} --tag-keys team`;
  assertHolds(await json`iam list-open-id-connect-provider-tags --open-id-connect-provider-arn ${oidc}`, { Tags: [{ Key: 'site', Value: 'a' }] });
  assert.ok((await json`iam list-open-id-connect-providers --query OpenIDConnectProviderList[].Arn` as readonly string[]).includes(oidc));
  assert.match(await refusal`iam create-open-id-connect-provider --url https://issuer.example --thumbprint-list ${'0'.repeat(40)}`, /^An error occurred \(EntityAlreadyExists\) when calling the CreateOpenIDConnectProvider operation: /);
  await text`iam delete-open-id-connect-provider --open-id-connect-provider-arn ${oidc}`;

  const saml = `arn:aws:iam::${account}:saml-provider/partners`;
  assertHolds(await json`iam create-saml-provider --name partners --saml-metadata-document file://saml.xml --tags Key=team,Value=blue`, { SAMLProviderArn: saml });
  assertHolds(await json`iam update-saml-provider --saml-provider-arn ${saml} --saml-metadata-document file://saml.xml`, { SAMLProviderArn: saml });
  assert.match(await text`iam get-saml-provider --saml-provider-arn ${saml} --query SAMLMetadataDocument --output text`, /^<\?xml version="1\.0"\?><EntityDescriptor /);
  assert.match(await refusal`iam create-saml-provider --name broken --saml-metadata-document ${'<a/>'.repeat(300)}`, /^An error occurred \(InvalidInput\) when calling the CreateSAMLProvider operation: /);
  await text`iam tag-saml-provider --saml-provider-arn ${saml} --tags Key=site,Value=a`;
  await text`iam untag-saml-provider --saml-provider-arn ${saml} --tag-keys team`;
  assertHolds(await json`iam list-saml-provider-tags --saml-provider-arn ${saml}`, { Tags: [{ Key: 'site', Value: 'a' }] });
  assert.deepEqual(await json`iam list-saml-providers --query SAMLProviderList[].Arn`, [saml]);
  await text`iam delete-saml-provider --saml-provider-arn ${saml}`;

  assertHolds(await json`iam upload-server-certificate --server-certificate-name site --certificate-body file://leaf.pem --certificate-chain file://chain.pem --private-key file://leaf.key --tags Key=team,Value=blue`, { ServerCertificateMetadata: { ServerCertificateName: 'site', Arn: `arn:aws:iam::${account}:server-certificate/site` } });
  assertHolds(await json`iam get-server-certificate --server-certificate-name site`, { ServerCertificate: { CertificateBody: leafCertificate.trim() } });
  await text`iam tag-server-certificate --server-certificate-name site --tags Key=site,Value=a`;
  await text`iam untag-server-certificate --server-certificate-name site --tag-keys team`;
  assertHolds(await json`iam list-server-certificate-tags --server-certificate-name site`, { Tags: [{ Key: 'site', Value: 'a' }] });
  await text`iam update-server-certificate --server-certificate-name site --new-server-certificate-name shop --new-path /cloudfront/`;
  assert.deepEqual(await json`iam list-server-certificates --path-prefix /cloudfront/ --query ServerCertificateMetadataList[].ServerCertificateName`, ['shop']);
  await text`iam delete-server-certificate --server-certificate-name shop`;
  assert.equal(await refusal`iam get-server-certificate --server-certificate-name shop`, 'An error occurred (NoSuchEntity) when calling the GetServerCertificate operation: The Server Certificate with name shop cannot be found.');
}
