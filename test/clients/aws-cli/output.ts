/** How the AWS CLI shows answers and fails: its forms of output, its pages, its exit codes. */
import assert from 'node:assert/strict';
import type { Cli } from './cli.ts';

export async function tourOutput({ json, text, run, refusal, refusedStatus, as, tables }: Cli, account: string): Promise<void> {
  const names = ['page-a', 'page-b', 'page-c', 'page-d', 'page-e'];
  for (const name of names) await text`iam create-group --path /pages/ --group-name ${name}`;
  assert.deepEqual(await json`iam list-groups --path-prefix /pages/ --page-size 2 --query Groups[].GroupName`, names);
  const first = await json`iam list-groups --path-prefix /pages/ --max-items 2` as { readonly Groups: readonly { readonly GroupName: string }[]; readonly NextToken: string };
  assert.deepEqual(first.Groups.map(({ GroupName }) => GroupName), names.slice(0, 2));
  assert.deepEqual(await json`iam list-groups --path-prefix /pages/ --starting-token ${first.NextToken} --query Groups[].GroupName`, names.slice(2));
  // A page that ends between two tokens: the CLI counts within it.
  const third = await json`iam list-groups --path-prefix /pages/ --page-size 2 --max-items 3` as typeof first;
  assert.deepEqual(await json`iam list-groups --path-prefix /pages/ --page-size 2 --starting-token ${third.NextToken} --query Groups[].GroupName`, names.slice(3));
  const oneAtATime = await json`iam list-groups --path-prefix /pages/ --no-paginate --max-items 1` as { readonly Groups: readonly object[]; readonly IsTruncated: boolean; readonly Marker: string };
  assert.deepEqual([oneAtATime.Groups.length, oneAtATime.IsTruncated], [1, true]);
  assert.match(await refusal`iam list-groups --no-paginate --marker nonsense`, /^An error occurred \(ValidationError\) when calling the ListGroups operation: Invalid Marker\.$/);

  const arn = `arn:aws:iam::${account}:group/pages/page-a`;
  const query = 'Groups[0].{Name:GroupName,Arn:Arn}';
  const shown: Readonly<Record<string, RegExp>> = {
    json: new RegExp(`^\\{\\s+"Name": "page-a",\\s+"Arn": "${arn}"\\s+\\}$`),
    text: new RegExp(`^${arn}\tpage-a$`),
    table: new RegExp(`^-+\n\\|\\s+ListGroups\\s+\\|\n[^]*\\|  Arn   \\|  ${arn}  \\||^-+\n\\|\\s+ListGroups\\s+\\|\n[^]*\\|  ${arn}  \\|  page-a \\|`),
    yaml: new RegExp(`^Arn: ${arn}\nName: page-a$|^Name: page-a\nArn: ${arn}$`),
    'yaml-stream': new RegExp(`Arn: ${arn}`),
    off: /^$/,
  };
  for (const output of tables.outputs) assert.match(await text`iam list-groups --path-prefix /pages/ --query ${query} --output ${output}`, shown[output] ?? assert.fail(`what does the output ${output} look like?`), output);
  for (const name of names) await text`iam delete-group --group-name ${name}`;

  // Said by the CLI itself, before any request.
  assert.match((await run`iam create-user`).stderr, /required: --user-name/);
  assert.match((await run`iam get-user --no-such-option`).stderr, /Unknown options: --no-such-option/);
  assert.match((await run`iam create-policy --policy-name p --policy-document file://absent.json`).stderr, /absent\.json/);
  assert.match((await run`iam get-role --role-name ${''}`).stderr, /Invalid length for parameter RoleName|valid min length: 1/);
  // Said by the service.
  assert.equal(await as({ AWS_SECRET_ACCESS_KEY: 'wrong' }).refusal`iam list-users`, 'An error occurred (SignatureDoesNotMatch) when calling the ListUsers operation: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.');
  assert.equal(await as({ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }).refusal`iam list-users`, 'An error occurred (InvalidClientTokenId) when calling the ListUsers operation: The security token included in the request is invalid.');
  // What a script sees of a thing that is not there.
  assert.equal((await run`iam get-group --group-name page-a`).status, refusedStatus);

  if (tables.configure.includes('export-credentials')) {
    assert.match(await text`configure export-credentials --format env`, /^export AWS_ACCESS_KEY_ID=AKIA[A-Z2-7]{16}$/m);
  }
}
