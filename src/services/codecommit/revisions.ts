/** What is in a repository at a commit: the commit, its files and folders, and what differs between two. Source: "GetCommit", "GetFile", "GetFolder", "GetBlob", "GetDifferences" (AWS CodeCommit API Reference). */
import type { Raise } from '../../base/api-error.ts';
import type { Codecommit, FileModeTypeEnum } from '../../../models/codecommit.ts';
import type { Operations } from '../operation.ts';
import { gitLimits } from './git/limits.ts';
import { isObjectId } from './git/reference-name.ts';
import type { BlobSide, EntryKind, GitRepository, TreeEntry } from './git/repository.ts';
import { openRepository, repositoryAsk } from './lookup.ts';
import { pageAfter } from './paging.ts';

/** GUESS: AWS's default; a caller may ask for fewer. */
const differencesPageMax = 100;

const fileModes: Readonly<Partial<Record<EntryKind, FileModeTypeEnum>>> = { file: 'NORMAL', executable: 'EXECUTABLE', symbolicLink: 'SYMLINK' };

export const revisions = {
  GetCommit: {
    access: ({ repositoryName }, context) => [repositoryAsk(context, repositoryName)],
    async run({ repositoryName, commitId }, context) {
      const { error } = context;
      if (!isObjectId(commitId)) throw error('InvalidCommitIdException', 'The specified commit ID is not valid. A commit ID must be a full SHA-1.');
      const { git } = await openRepository(context, repositoryName);
      if ((await git.findCommit(commitId)) === undefined) throw error('CommitIdDoesNotExistException', `Commit ${commitId} does not exist`);
      return { commit: await git.commit(commitId) };
    },
  },

  GetFile: {
    access: ({ repositoryName }, context) => [repositoryAsk(context, repositoryName)],
    async run({ repositoryName, commitSpecifier, filePath }, context) {
      const { error } = context;
      const path = pathOf(filePath, error);
      const { doc, git } = await openRepository(context, repositoryName);
      const commitId = await getCommit(git, commitSpecifier ?? doc.DefaultBranch, error);
      const slash = path.lastIndexOf('/');
      const folder = await git.entries(commitId, path.slice(0, Math.max(slash, 0)));
      const entry = folder?.entries.find(({ name }) => name === path.slice(slash + 1));
      const fileMode = entry && fileModes[entry.kind];
      if (!entry || fileMode === undefined) throw error('FileDoesNotExistException', `Could not find path ${path}`);
      const fileSize = await git.blobSize(entry.objectId);
      if (fileSize! > gitLimits.fileBytesMax) throw error('FileTooLargeException', 'The specified file exceeds the file size limit for AWS CodeCommit.');
      return { commitId, blobId: entry.objectId, filePath: path, fileMode, fileSize: fileSize!, fileContent: await git.blob(entry.objectId) };
    },
  },

  GetFolder: {
    access: ({ repositoryName }, context) => [repositoryAsk(context, repositoryName)],
    async run({ repositoryName, commitSpecifier, folderPath }, context) {
      const { error } = context;
      const path = pathOf(folderPath, error, true);
      const { doc, git } = await openRepository(context, repositoryName);
      const commitId = await getCommit(git, commitSpecifier ?? doc.DefaultBranch, error);
      const folder = await git.entries(commitId, path);
      if (!folder) throw error('FolderDoesNotExistException', `Could not find path ${path}`);
      const placed = <Shown>(kinds: readonly EntryKind[], show: (entry: TreeEntry, place: { readonly absolutePath: string; readonly relativePath: string }) => Shown): readonly Shown[] =>
        folder.entries.filter(({ kind }) => kinds.includes(kind)).map((entry) => show(entry, { absolutePath: path === '' ? entry.name : `${path}/${entry.name}`, relativePath: entry.name }));
      return {
        commitId, folderPath: path, treeId: folder.treeId,
        subFolders: placed(['folder'], ({ objectId: treeId }, place) => ({ treeId, ...place })),
        files: placed(['file', 'executable'], ({ objectId: blobId, kind }, place) => ({ blobId, ...place, fileMode: fileModes[kind] })),
        symbolicLinks: placed(['symbolicLink'], ({ objectId: blobId, kind }, place) => ({ blobId, ...place, fileMode: fileModes[kind] })),
        subModules: placed(['subModule'], ({ objectId: commitId }, place) => ({ commitId, ...place })),
      };
    },
  },

  GetBlob: {
    access: ({ repositoryName }, context) => [repositoryAsk(context, repositoryName)],
    async run({ repositoryName, blobId }, context) {
      const { error } = context;
      if (!isObjectId(blobId)) throw error('InvalidBlobIdException', 'The specified blob is not valid.');
      const { git } = await openRepository(context, repositoryName);
      const size = await git.blobSize(blobId);
      if (size === undefined) throw error('BlobIdDoesNotExistException', `Blob ${blobId} does not exist`);
      if (size > gitLimits.fileBytesMax) throw error('FileTooLargeException', 'The specified file exceeds the file size limit for AWS CodeCommit.');
      return { content: await git.blob(blobId) };
    },
  },

  GetDifferences: {
    access: ({ repositoryName }, context) => [repositoryAsk(context, repositoryName)],
    async run({ repositoryName, beforeCommitSpecifier, afterCommitSpecifier, beforePath, afterPath, MaxResults = differencesPageMax, NextToken }, context) {
      const { error } = context;
      if (MaxResults < 1) throw error('InvalidMaxResultsException', 'The specified number of maximum results is not valid.');
      const { git } = await openRepository(context, repositoryName);
      const after = await getCommit(git, afterCommitSpecifier, error);
      const before = beforeCommitSpecifier === undefined ? undefined : await getCommit(git, beforeCommitSpecifier, error);
      const found = await git.differences(before, after, undefined);
      const isIn = (side: BlobSide | undefined, path: string | undefined): boolean => side !== undefined && (path === undefined || side.path === path || side.path.startsWith(`${path}/`));
      const [wantedBefore, wantedAfter] = [beforePath ?? afterPath, afterPath ?? beforePath].map((path) => (path === undefined ? undefined : pathOf(path, error, true)));
      const wanted = found.filter((difference) => isIn(difference.before, wantedBefore) || isIn(difference.after, wantedAfter));
      const { items, end } = pageAfter(wanted, ({ before, after }) => (after ?? before)!.path, { nextToken: NextToken, limit: Math.min(MaxResults, differencesPageMax) }, context);
      const blob = (side: BlobSide | undefined) => side && { blobId: side.objectId, path: side.path, mode: side.mode };
      return {
        differences: items.map(({ change, before, after }) => ({ beforeBlob: blob(before), afterBlob: blob(after), changeType: change })),
        ...(end.nextToken !== undefined && { NextToken: end.nextToken }),
      };
    },
  },
} satisfies Operations<Codecommit, 'GetCommit' | 'GetFile' | 'GetFolder' | 'GetBlob' | 'GetDifferences'>;

async function getCommit(git: GitRepository, specifier: string | undefined, error: Raise<'CommitDoesNotExistException'>): Promise<string> {
  const commitId = specifier === undefined ? undefined : await git.findCommit(specifier);
  if (commitId === undefined) throw error('CommitDoesNotExistException', specifier === undefined ? 'The repository has no commits yet.' : `Commit ${specifier} does not exist`);
  return commitId;
}

/** A path as Git has it: without slashes at either end. */
function pathOf(text: string, error: Raise<'InvalidPathException'>, mayBeRoot = false): string {
  const path = text.replace(/^\/+/, '').replace(/\/+$/, '');
  if ((path === '' && !mayBeRoot) || /[\0\n]/.test(path) || path.split('/').some((part) => part === '..' || part === '.' || (part === '' && path !== ''))) throw error('InvalidPathException', 'The specified path is not valid.');
  return path;
}
