/** CodeCommit's API: repositories, their tags and branches, and what is in them, asked with a real SDK client. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { BatchGetRepositoriesCommand, CodeCommitClient, CreateBranchCommand, CreateRepositoryCommand, DeleteBranchCommand, DeleteRepositoryCommand, GetBlobCommand, GetBranchCommand, GetCommitCommand, GetDifferencesCommand, GetFileCommand, GetFolderCommand, GetRepositoryCommand, ListBranchesCommand, ListRepositoriesCommand, ListTagsForResourceCommand, MergeBranchesByFastForwardCommand, TagResourceCommand, UntagResourceCommand, UpdateDefaultBranchCommand, UpdateRepositoryDescriptionCommand, UpdateRepositoryNameCommand } from '@aws-sdk/client-codecommit';
import type { ListRepositoriesCommandInput } from '@aws-sdk/client-codecommit';
import { CreateUserCommand, CreateAccessKeyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { startGatehouse } from '../gatehouse.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { commitFiles } from './work-tree.ts';

async function withGatehouse(work: (gatehouse: TestGatehouse, client: CodeCommitClient) => Promise<void>): Promise<void> {
  const gatehouse = await startGatehouse();
  try {
    await work(gatehouse, gatehouse.client(CodeCommitClient));
  } finally {
    await gatehouse.stop();
  }
}

const named = (name: string) => (thrown: Error): boolean => thrown.name === name;

/** A user whose only policy has these statements. */
async function userWith(gatehouse: TestGatehouse, UserName: string, ...statements: readonly object[]): Promise<KeyPair> {
  const iam = gatehouse.iam();
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

test('a repository has an id, an ARN and URLs; its name is taken once, in its own letter case', () => withGatehouse(async ({ account, clock }, client) => {
  const { repositoryMetadata: made } = await client.send(new CreateRepositoryCommand({ repositoryName: 'Orders', repositoryDescription: 'what was ordered', tags: { team: 'blue' } }));
  assert.match(made!.repositoryId!, /^[0-9a-f-]{36}$/);
  assert.equal(made!.Arn, `arn:aws:codecommit:us-east-1:${account}:Orders`);
  assert.equal(made!.cloneUrlHttp, 'http://gatehouse.test/v1/repos/Orders');
  assert.deepEqual([made!.accountId, made!.repositoryDescription, made!.defaultBranch, made!.creationDate!.getTime()], [account, 'what was ordered', undefined, clock.now]);
  const { repositoryMetadata: found } = await client.send(new GetRepositoryCommand({ repositoryName: 'Orders' }));
  assert.deepEqual(found, made);
  await assert.rejects(client.send(new CreateRepositoryCommand({ repositoryName: 'Orders' })), named('RepositoryNameExistsException'));
  await client.send(new CreateRepositoryCommand({ repositoryName: 'orders' }));
  await assert.rejects(client.send(new GetRepositoryCommand({ repositoryName: 'none' })), (thrown: Error) => thrown.name === 'RepositoryDoesNotExistException' && thrown.message === 'none does not exist');
  await assert.rejects(client.send(new CreateRepositoryCommand({ repositoryName: 'x.git' })), named('InvalidRepositoryNameException'));
  await assert.rejects(client.send(new CreateRepositoryCommand({ repositoryName: 'a b' })), named('ValidationException'));
  await assert.rejects(client.send(new CreateRepositoryCommand({ repositoryName: 'k', kmsKeyId: 'alias/x' })), named('EncryptionKeyNotFoundException'));
}));

test('a region\'s repositories are its own', () => withGatehouse(async (gatehouse, client) => {
  const ireland = gatehouse.client(CodeCommitClient, gatehouse.admin, 'eu-west-1');
  const { repositoryMetadata } = await ireland.send(new CreateRepositoryCommand({ repositoryName: 'orders' }));
  assert.match(repositoryMetadata!.Arn!, /:eu-west-1:/);
  assert.equal(repositoryMetadata!.cloneUrlHttp, 'http://gatehouse.test/eu-west-1/v1/repos/orders');
  assert.deepEqual((await client.send(new ListRepositoriesCommand({}))).repositories, []);
  await assert.rejects(client.send(new GetRepositoryCommand({ repositoryName: 'orders' })), named('RepositoryDoesNotExistException'));
  await client.send(new CreateRepositoryCommand({ repositoryName: 'orders' }));
  await client.send(new DeleteRepositoryCommand({ repositoryName: 'orders' }));
  assert.equal((await ireland.send(new ListRepositoriesCommand({}))).repositories!.length, 1);
}));

test('repositories are listed by name or by change, read in batches, renamed and described', () => withGatehouse(async ({ clock }, client) => {
  for (const repositoryName of ['b', 'a', 'c']) {
    await client.send(new CreateRepositoryCommand({ repositoryName }));
    clock.advance(1_000);
  }
  const names = async (options: ListRepositoriesCommandInput) => (await client.send(new ListRepositoriesCommand(options))).repositories!.map(({ repositoryName }) => repositoryName);
  assert.deepEqual(await names({}), ['a', 'b', 'c']);
  assert.deepEqual(await names({ sortBy: 'lastModifiedDate', order: 'descending' }), ['c', 'a', 'b']);
  await assert.rejects(names({ nextToken: 'made up' }), named('InvalidContinuationTokenException'));
  const batch = await client.send(new BatchGetRepositoriesCommand({ repositoryNames: ['b', 'none'] }));
  assert.deepEqual([batch.repositories!.map(({ repositoryName }) => repositoryName), batch.repositoriesNotFound], [['b'], ['none']]);
  await client.send(new UpdateRepositoryDescriptionCommand({ repositoryName: 'b', repositoryDescription: 'second' }));
  await assert.rejects(client.send(new UpdateRepositoryNameCommand({ oldName: 'b', newName: 'a' })), named('RepositoryNameExistsException'));
  await client.send(new UpdateRepositoryNameCommand({ oldName: 'b', newName: 'z' }));
  const { repositoryMetadata } = await client.send(new GetRepositoryCommand({ repositoryName: 'z' }));
  assert.deepEqual([repositoryMetadata!.repositoryDescription, repositoryMetadata!.repositoryId], ['second', batch.repositories![0]!.repositoryId]);
  assert.deepEqual(await names({}), ['a', 'c', 'z']);
  const { repositoryId } = await client.send(new DeleteRepositoryCommand({ repositoryName: 'z' }));
  assert.equal(repositoryId, batch.repositories![0]!.repositoryId);
  assert.equal((await client.send(new DeleteRepositoryCommand({ repositoryName: 'z' }))).repositoryId, undefined);
}));

test('more repositories than a page holds come in pages, each once, in either order', () => withGatehouse(async ({ account, plane, clock }, client) => {
  const all = Array.from({ length: 2_001 }, (_, i) => `r${String(i).padStart(4, '0')}`);
  await plane.store.write(account, { by: 'test', requestId: 'test', action: 'test' }, (draft) => {
    for (const [i, RepositoryName] of all.entries()) draft.repositories.insert({ RepositoryId: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, Region: 'us-east-1', RepositoryName, CreateDate: clock.now, LastModifiedDate: clock.now });
  });
  for (const order of ['ascending', 'descending'] as const) {
    const seen: string[] = [];
    const pages: number[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.send(new ListRepositoriesCommand({ order, ...(nextToken !== undefined && { nextToken }) }));
      seen.push(...page.repositories!.map(({ repositoryName }) => repositoryName!));
      pages.push(page.repositories!.length);
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    assert.deepEqual(pages, [1_000, 1_000, 1]);
    assert.deepEqual(seen, order === 'ascending' ? all : all.toReversed());
  }
}));

test('the folder of a repository whose deletion a crash cut short goes at the next start, and no other', async () => {
  const warned: string[] = [];
  const gatehouse = await startGatehouse({ warn: (message) => void warned.push(message) });
  try {
    const client = gatehouse.client(CodeCommitClient);
    const [kept, gone] = await Promise.all(['kept', 'gone'].map(async (repositoryName) => (await client.send(new CreateRepositoryCommand({ repositoryName }))).repositoryMetadata!.repositoryId!));
    const { git, intents, store } = gatehouse.plane;
    const folders = await Promise.all([kept!, gone!].map((id) => git.open(id)));
    const remove = git.remove.bind(git);
    git.remove = () => Promise.reject(new Error('the machine is off'));
    await assert.rejects(client.send(new DeleteRepositoryCommand({ repositoryName: 'gone' })), named('InternalFailure'));
    assert.deepEqual(folders.map((folder) => existsSync(folder)), [true, true]);
    git.remove = remove;
    await intents.settle();
    assert.deepEqual(folders.map((folder) => existsSync(folder)), [true, false]);
    assert.equal([...store.partition.intents.all()].length, 0);
    await assert.rejects(client.send(new GetRepositoryCommand({ repositoryName: 'gone' })), named('RepositoryDoesNotExistException'));
  } finally {
    await gatehouse.stop();
  }
});

test('tags: added, replaced, removed; asked for as conditions; of one\'s own account and region alone', () => withGatehouse(async (gatehouse, client) => {
  const { repositoryMetadata } = await client.send(new CreateRepositoryCommand({ repositoryName: 'r', tags: { team: 'blue' } }));
  const resourceArn = repositoryMetadata!.Arn!;
  await client.send(new TagResourceCommand({ resourceArn, tags: { team: 'red', stage: 'test' } }));
  await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['stage', 'none'] }));
  assert.deepEqual((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags, { team: 'red' });
  await assert.rejects(client.send(new TagResourceCommand({ resourceArn, tags: { 'aws:x': '1' } })), named('InvalidSystemTagUsageException'));
  for (const foreign of [resourceArn.replace(gatehouse.account, '999988887777'), resourceArn.replace('us-east-1', 'eu-west-1'), 'arn:aws:s3:::r', 'r']) await assert.rejects(client.send(new ListTagsForResourceCommand({ resourceArn: foreign })), named('InvalidResourceArnException'));
  const red = await userWith(gatehouse, 'red', { Effect: 'Allow', Action: 'codecommit:*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } });
  const asRed = gatehouse.client(CodeCommitClient, red);
  assert.equal((await asRed.send(new GetRepositoryCommand({ repositoryName: 'r' }))).repositoryMetadata!.repositoryName, 'r');
  await client.send(new CreateRepositoryCommand({ repositoryName: 'untagged' }));
  await assert.rejects(asRed.send(new GetRepositoryCommand({ repositoryName: 'untagged' })), (thrown: Error) => thrown.name === 'AccessDeniedException' && /codecommit:GetRepository on resource: arn:aws:codecommit:us-east-1:\d+:untagged because no identity-based policy allows/.test(thrown.message));
}));

test('branches are made from commits, listed, and removed but for the default one; a policy on references holds', () => withGatehouse(async (gatehouse, client) => {
  const { repositoryMetadata } = await client.send(new CreateRepositoryCommand({ repositoryName: 'r' }));
  const [first, second] = await commitFiles(await gatehouse.plane.git.open(repositoryMetadata!.repositoryId!), [{ 'a.txt': 'one' }, { 'a.txt': 'two' }]);
  await client.send(new CreateBranchCommand({ repositoryName: 'r', branchName: 'release/1', commitId: first }));
  await assert.rejects(client.send(new CreateBranchCommand({ repositoryName: 'r', branchName: 'release/1', commitId: first })), named('BranchNameExistsException'));
  await assert.rejects(client.send(new CreateBranchCommand({ repositoryName: 'r', branchName: 'x', commitId: 'f'.repeat(40) })), named('CommitDoesNotExistException'));
  await assert.rejects(client.send(new CreateBranchCommand({ repositoryName: 'r', branchName: 'x', commitId: 'main' })), named('InvalidCommitIdException'));
  for (const branchName of ['-d', 'a..b', 'a b', 'x.lock', 'a\nb', '@', '../../../etc/x']) await assert.rejects(client.send(new CreateBranchCommand({ repositoryName: 'r', branchName, commitId: first })), named('InvalidBranchNameException'), branchName);
  assert.deepEqual((await client.send(new ListBranchesCommand({ repositoryName: 'r' }))).branches, ['main', 'release/1']);
  assert.equal((await client.send(new GetBranchCommand({ repositoryName: 'r', branchName: 'main' }))).branch!.commitId, second);
  await assert.rejects(client.send(new GetBranchCommand({ repositoryName: 'r', branchName: 'none' })), named('BranchDoesNotExistException'));
  await client.send(new UpdateDefaultBranchCommand({ repositoryName: 'r', defaultBranchName: 'main' }));
  await assert.rejects(client.send(new DeleteBranchCommand({ repositoryName: 'r', branchName: 'main' })), named('DefaultBranchCannotBeDeletedException'));
  const alice = await userWith(gatehouse, 'alice', { Effect: 'Allow', Action: 'codecommit:*', Resource: '*' }, { Effect: 'Deny', Action: 'codecommit:*Branch', Resource: '*', Condition: { StringLike: { 'codecommit:References': 'refs/heads/release/*' } } });
  const asAlice = gatehouse.client(CodeCommitClient, alice);
  await assert.rejects(asAlice.send(new DeleteBranchCommand({ repositoryName: 'r', branchName: 'release/1' })), named('AccessDeniedException'));
  await asAlice.send(new CreateBranchCommand({ repositoryName: 'r', branchName: 'feature', commitId: second }));
  const { deletedBranch } = await client.send(new DeleteBranchCommand({ repositoryName: 'r', branchName: 'release/1' }));
  assert.deepEqual(deletedBranch, { branchName: 'release/1', commitId: first });
}));

test('commits, files, folders, blobs and differences are read as they were pushed', () => withGatehouse(async (gatehouse, client) => {
  const { repositoryMetadata } = await client.send(new CreateRepositoryCommand({ repositoryName: 'r' }));
  await assert.rejects(client.send(new GetFileCommand({ repositoryName: 'r', filePath: 'a' })), named('CommitDoesNotExistException'));
  const [first, second] = await commitFiles(await gatehouse.plane.git.open(repositoryMetadata!.repositoryId!), [{ 'a.txt': 'one', 'src/b.txt': 'b', 'src/deep/c ü.txt': 'c' }, { 'a.txt': 'two', 'src/b.txt': null, 'd.txt': 'd' }]);
  await client.send(new UpdateDefaultBranchCommand({ repositoryName: 'r', defaultBranchName: 'main' }));
  const { commit } = await client.send(new GetCommitCommand({ repositoryName: 'r', commitId: second }));
  assert.deepEqual([commit!.parents, commit!.message, commit!.author], [[first], 'commit 2\n', { name: 'Ann Author', email: 'ann@example.com', date: '1764000000 +0100' }]);
  await assert.rejects(client.send(new GetCommitCommand({ repositoryName: 'r', commitId: 'f'.repeat(40) })), named('CommitIdDoesNotExistException'));
  const file = await client.send(new GetFileCommand({ repositoryName: 'r', filePath: '/a.txt' }));
  assert.deepEqual([Buffer.from(file.fileContent!).toString(), file.fileMode, file.fileSize, file.commitId], ['two', 'NORMAL', 3, second]);
  const deep = await client.send(new GetFileCommand({ repositoryName: 'r', commitSpecifier: first, filePath: 'src/deep/c ü.txt' }));
  assert.equal(Buffer.from((await client.send(new GetBlobCommand({ repositoryName: 'r', blobId: deep.blobId }))).content!).toString(), 'c');
  for (const filePath of ['none', 'src', 'a.txt/x']) await assert.rejects(client.send(new GetFileCommand({ repositoryName: 'r', filePath })), named('FileDoesNotExistException'), filePath);
  for (const filePath of ['../x', 'a/../b', 'a\nb', './a']) await assert.rejects(client.send(new GetFileCommand({ repositoryName: 'r', filePath })), named('InvalidPathException'), filePath);
  for (const commitSpecifier of ['main~1', ':/commit', '--help', 'HEAD@{1}', `${first}^{tree}`]) await assert.rejects(client.send(new GetFileCommand({ repositoryName: 'r', filePath: 'a.txt', commitSpecifier })), named('CommitDoesNotExistException'), commitSpecifier);
  const folder = await client.send(new GetFolderCommand({ repositoryName: 'r', commitSpecifier: first, folderPath: 'src' }));
  assert.deepEqual([folder.files!.map(({ absolutePath }) => absolutePath), folder.subFolders!.map(({ relativePath }) => relativePath)], [['src/b.txt'], ['deep']]);
  assert.equal((await client.send(new GetFolderCommand({ repositoryName: 'r', folderPath: '/' }))).files!.length, 2);
  const differences = async (options: object) => (await client.send(new GetDifferencesCommand({ repositoryName: 'r', afterCommitSpecifier: 'main', ...options }))).differences!.map(({ changeType, beforeBlob, afterBlob }) => `${changeType} ${(afterBlob ?? beforeBlob)!.path}`);
  assert.deepEqual(await differences({ beforeCommitSpecifier: first }), ['M a.txt', 'A d.txt', 'D src/b.txt']);
  assert.deepEqual(await differences({ beforeCommitSpecifier: first, beforePath: 'src' }), ['D src/b.txt']);
  assert.equal((await differences({})).length, 3);
  const page = await client.send(new GetDifferencesCommand({ repositoryName: 'r', afterCommitSpecifier: 'main', beforeCommitSpecifier: first, MaxResults: 2 }));
  assert.deepEqual(await differences({ beforeCommitSpecifier: first, NextToken: page.NextToken }), ['D src/b.txt']);
}));

test('what is not built yet says so, and nobody reads another account\'s repositories', () => withGatehouse(async (gatehouse, client) => {
  await client.send(new CreateRepositoryCommand({ repositoryName: 'mine' }));
  await assert.rejects(client.send(new MergeBranchesByFastForwardCommand({ repositoryName: 'mine', sourceCommitSpecifier: 'a', destinationCommitSpecifier: 'b' })), (thrown: Error) => thrown.name === 'NotImplemented' && thrown.message.includes('codecommit:MergeBranchesByFastForward'));
  const stranger = gatehouse.client(CodeCommitClient, await gatehouse.newAccount('999988887777'));
  await assert.rejects(stranger.send(new GetRepositoryCommand({ repositoryName: 'mine' })), named('RepositoryDoesNotExistException'));
  assert.deepEqual((await stranger.send(new ListRepositoriesCommand({}))).repositories, []);
}));
