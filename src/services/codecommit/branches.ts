/** Branches, as the API makes and removes them; pushes are the Git door's. Source: "CreateBranch" and its siblings (AWS CodeCommit API Reference). */
import type { Raise } from '../../base/api-error.ts';
import type { Codecommit } from '../../../models/codecommit.ts';
import type { Operations } from '../operation.ts';
import { branchReference, isObjectId, isReferenceName } from './git/reference-name.ts';
import { openRepository, referenceContext, repositoryAsk } from './lookup.ts';
import { pageAfter } from './paging.ts';
import { recordPush } from './pushes.ts';

/** GUESS: AWS tells no number. */
const pageSize = 1_000;

export const branches = {
  CreateBranch: {
    access: ({ repositoryName, branchName }, context) => [repositoryAsk(context, repositoryName, referenceContext(branchReference(branchName)))],
    async run({ repositoryName, branchName, commitId }, context) {
      const { error } = context;
      checkBranchName(branchName, error);
      if (!isObjectId(commitId)) throw error('InvalidCommitIdException', 'The specified commit ID is not valid. A commit ID must be a full SHA-1.');
      const { doc, git } = await openRepository(context, repositoryName);
      if ((await git.findCommit(commitId)) === undefined) throw error('CommitDoesNotExistException', `Commit ${commitId} does not exist`);
      if (!(await git.createBranch(branchName, commitId))) throw error('BranchNameExistsException', `Branch ${branchName} already exists`);
      await context.write((draft) => recordPush(draft, doc, [branchName], context.now));
    },
  },

  GetBranch: {
    access: ({ repositoryName = '*' }, context) => [repositoryAsk(context, repositoryName)],
    async run({ repositoryName, branchName }, context) {
      const { error } = context;
      if (repositoryName === undefined) throw error('RepositoryNameRequiredException', 'A repository name is required.');
      if (branchName === undefined) throw error('BranchNameRequiredException', 'A branch name is required.');
      checkBranchName(branchName, error);
      const { git } = await openRepository(context, repositoryName);
      const commitId = await git.branchCommit(branchName);
      if (commitId === undefined) throw error('BranchDoesNotExistException', `Branch ${branchName} does not exist`);
      return { branch: { branchName, commitId } };
    },
  },

  ListBranches: {
    access: ({ repositoryName }, context) => [repositoryAsk(context, repositoryName)],
    async run({ repositoryName, nextToken }, context) {
      const { git } = await openRepository(context, repositoryName);
      const { items, end } = pageAfter(await git.branches(), (branch) => branch, { nextToken, limit: pageSize }, context);
      return { branches: items, ...end };
    },
  },

  DeleteBranch: {
    access: ({ repositoryName, branchName }, context) => [repositoryAsk(context, repositoryName, referenceContext(branchReference(branchName)))],
    async run({ repositoryName, branchName }, context) {
      const { error } = context;
      checkBranchName(branchName, error);
      const { doc, git } = await openRepository(context, repositoryName);
      if (doc.DefaultBranch === branchName) throw error('DefaultBranchCannotBeDeletedException', 'The specified branch is the default branch for a repository, and cannot be deleted.');
      const commitId = await git.branchCommit(branchName);
      // Deleting what is not there succeeds, and names nothing: the model has no error for it.
      if (commitId === undefined) return {};
      if (!(await git.deleteBranch(branchName, commitId))) throw error('ServiceUnavailable', 'The branch was pushed to while it was being deleted. Try again.');
      await context.write((draft) => recordPush(draft, doc, [], context.now));
      return { deletedBranch: { branchName, commitId } };
    },
  },
} satisfies Operations<Codecommit, 'CreateBranch' | 'GetBranch' | 'ListBranches' | 'DeleteBranch'>;

function checkBranchName(name: string, error: Raise<'InvalidBranchNameException'>): void {
  if (!isReferenceName(name)) throw error('InvalidBranchNameException', 'The specified reference name is not valid.');
}
