/** Temporary credentials, with the AWS CLI: every way of getting them, and what it says of who holds them. */
import assert from 'node:assert/strict';
import { allowing } from '../../iam/documents.ts';
import { assertionXml, base64, responseXml, sign } from '../../sts/saml-idp.ts';
import { account, externalId, roleArn, serviceAccount, sessionArn, type Federation } from '../federation.ts';
import { assertHolds, type Cli } from './cli.ts';

interface Session { readonly Credentials: { readonly AccessKeyId: string; readonly SecretAccessKey: string; readonly SessionToken: string } }

/** The environment of someone who holds the session. */
const holding = (answer: unknown): NodeJS.ProcessEnv => {
  const { Credentials: { AccessKeyId, SecretAccessKey, SessionToken } } = answer as Session;
  return { AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: SecretAccessKey, AWS_SESSION_TOKEN: SessionToken };
};

export async function tourSessions(cli: Cli, { endpoint, mintServiceAccountToken }: Federation): Promise<void> {
  const { json, text, refusal, as } = cli;
  assertHolds(await json`sts get-caller-identity`, { Account: account, Arn: `arn:aws:iam::${account}:user/admin` });
  // In whichever region it is asked: the credential scope follows.
  for (const region of ['eu-central-1', 'us-gov-west-1']) assert.equal(await text`sts get-caller-identity --region ${region} --endpoint-url ${endpoint} --query Account --output text`, account);

  const session = await json`sts assume-role --role-arn ${roleArn('external')} --role-session-name tour --external-id ${externalId} --duration-seconds 900 --policy-arns arn=arn:aws:iam::aws:policy/IAMReadOnlyAccess`;
  assertHolds(session, { AssumedRoleUser: { Arn: sessionArn('external', 'tour') } });
  assert.equal(await as(holding(session)).text`sts get-caller-identity --query Arn --output text`, sessionArn('external', 'tour'));
  assert.equal(await refusal`sts assume-role --role-arn ${roleArn('external')} --role-session-name tour`, `An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::${account}:user/admin is not authorized to perform: sts:AssumeRole on resource: ${roleArn('external')}`);

  const federated = await json`sts get-federation-token --name bob --policy ${allowing('iam:ListUsers')} --tags Key=team,Value=blue`;
  assertHolds(federated, { FederatedUser: { Arn: `arn:aws:sts::${account}:federated-user/bob`, FederatedUserId: `${account}:bob` } });
  assert.match(await as(holding(federated)).refusal`iam list-users`, /^An error occurred \(InvalidClientTokenId\) when calling the ListUsers operation: /);

  // AWS puts it into the error's text, of EC2 and others; here it is a header of every denial.
  const { stderr: seen } = await as(holding(session)).run`iam create-user --user-name x --debug`;
  const encoded = /'x-gatehouse-encoded-authorization-message': '([^']+)'/.exec(seen)![1]!;
  const decoded = JSON.parse(await text`sts decode-authorization-message --encoded-message ${encoded} --query DecodedMessage --output text`);
  assertHolds(decoded, { allowed: false, explicitDeny: false, context: { action: 'iam:CreateUser', principal: { arn: sessionArn('external', 'tour') } } });

  const byToken = await as({ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }).json`sts assume-role-with-web-identity --no-sign-request --role-arn ${roleArn('pod')} --role-session-name pod --web-identity-token ${await mintServiceAccountToken()}`;
  assertHolds(byToken, { AssumedRoleUser: { Arn: sessionArn('pod', 'pod') }, Audience: 'sts.amazonaws.com', SubjectFromWebIdentityToken: `system:serviceaccount:${serviceAccount.namespace}:${serviceAccount.name}` });
  await tourSaml(cli);

  // No organization, and no partner of AWS.
  if (cli.has('AssumeRoot')) assert.equal(await refusal`sts assume-root --target-principal 444455556666 --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials`, `An error occurred (AccessDenied) when calling the AssumeRoot operation: User: arn:aws:iam::${account}:user/admin is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::444455556666:root`);
  if (cli.has('GetDelegatedAccessToken')) assert.match(await refusal`sts get-delegated-access-token --trade-in-token ${'a'.repeat(100)}`, /^An error occurred \(ValidationError\) when calling the GetDelegatedAccessToken operation: /);
}

async function tourSaml({ json, text, refusal }: Cli): Promise<void> {
  const provider = await text`iam create-saml-provider --name idp --saml-metadata-document file://saml.xml --query SAMLProviderArn --output text`;
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithSAML', Condition: { StringEquals: { 'saml:aud': 'https://signin.aws.amazon.com/saml' } } } });
  await text`iam create-role --role-name staff --assume-role-policy-document ${trust}`;
  const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
  const assertion = assertionXml({ roles: [`${roleArn('staff')},${provider}`], issuedAt: at(0), confirmUntil: at(300), conditions: `NotBefore="${at(-60)}" NotOnOrAfter="${at(300)}"` });
  const response = base64(sign(responseXml(assertion), 'Assertion'));
  assertHolds(await json`sts assume-role-with-saml --role-arn ${roleArn('staff')} --principal-arn ${provider} --saml-assertion ${response}`, { AssumedRoleUser: { Arn: sessionArn('staff', 'alice') }, Audience: 'https://signin.aws.amazon.com/saml', Subject: 'alice' });
  assert.match(await refusal`sts assume-role-with-saml --role-arn ${roleArn('staff')} --principal-arn ${provider} --saml-assertion ${base64('<a/>'.repeat(20))}`, /^An error occurred \(InvalidIdentityToken\) when calling the AssumeRoleWithSAML operation: /);
  await text`iam delete-role --role-name staff`;
  await text`iam delete-saml-provider --saml-provider-arn ${provider}`;
}
