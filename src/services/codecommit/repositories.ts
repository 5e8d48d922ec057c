/** Repositories: created, read, listed, renamed, deleted. Source: "CreateRepository" and its siblings (AWS CodeCommit API Reference). */
import { newUuid } from '../../base/ids.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Codecommit, RepositoryMetadata } from '../../../models/codecommit.ts';
import type { RepositoryDoc } from '../../store/repository-doc.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { findRepository, getRepository, openRepository, repositoryArn, repositoryAsk, resourceTagContext } from './lookup.ts';
import { pageAfter } from './paging.ts';
import { checkTags, requestTagContext } from './tags.ts';

/** Source: "Quotas in AWS CodeCommit": repositories of an account, in a region. */
const repositoriesMax = 5_000;
/** Source: "BatchGetRepositories". */
const namesPerBatchMax = 100;
/** Entries of a page, which the caller cannot choose. GUESS: AWS tells no number. */
const pageSize = 1_000;

export const repositories = {
  CreateRepository: {
    access: ({ repositoryName, tags }, { account, region }) => [{ resource: repositoryArn(account, region, repositoryName), context: requestTagContext(tags) }],
    async run({ repositoryName, repositoryDescription, tags, kmsKeyId }, context) {
      const { write, now, random, region, error } = context;
      checkName(repositoryName, error);
      if (kmsKeyId !== undefined) throw error('EncryptionKeyNotFoundException', 'There are no keys of AWS KMS here to encrypt a repository with.');
      if (tags) checkTags(tags, error);
      const repository: RepositoryDoc = {
        RepositoryId: newUuid(random), Region: region, RepositoryName: repositoryName, CreateDate: now, LastModifiedDate: now,
        ...(repositoryDescription !== undefined && { Description: repositoryDescription }),
        ...(tags && Object.keys(tags).length > 0 && { Tags: tags }),
      };
      return write((draft) => {
        if (findRepository(draft, region, repositoryName)) throw alreadyExists(repositoryName, error);
        if (draft.repositories.countBy('region', region) >= repositoriesMax) throw error('RepositoryLimitExceededException', `The maximum number of repositories has been reached: ${repositoriesMax}`);
        draft.repositories.insert(repository);
        return { repositoryMetadata: shown(draft, repository, context) };
      });
    },
  },

  GetRepository: {
    access: ({ repositoryName }, context) => [repositoryAsk(context, repositoryName)],
    run: ({ repositoryName }, context) => ({ repositoryMetadata: shown(context.view, getRepository(context.view, context.region, repositoryName, context.error), context) }),
  },

  BatchGetRepositories: {
    access: ({ repositoryNames }, context) => {
      const [first = '*', ...others] = repositoryNames;
      return [repositoryAsk(context, first), ...others.map((name) => repositoryAsk(context, name))];
    },
    run({ repositoryNames }, context) {
      const { view, region, error } = context;
      if (repositoryNames.length === 0) throw error('RepositoryNamesRequiredException', 'At least one repository name is required.');
      if (repositoryNames.length > namesPerBatchMax) throw error('MaximumRepositoryNamesExceededException', `The maximum number of repository names is ${namesPerBatchMax}.`);
      const found = new Map(repositoryNames.map((name) => [name, findRepository(view, region, name)]));
      return {
        repositories: [...found.values()].flatMap((repository) => (repository ? [shown(view, repository, context)] : [])),
        repositoriesNotFound: [...found].flatMap(([name, repository]) => (repository ? [] : [name])),
        errors: [],
      };
    },
  },

  ListRepositories: {
    access: () => [{ resource: '*' }],
    run({ nextToken, sortBy = 'repositoryName', order = 'ascending' }, { view, region, marker, error }) {
      const sortKey = ({ RepositoryName, LastModifiedDate }: RepositoryDoc): string => (sortBy === 'repositoryName' ? RepositoryName : `${String(LastModifiedDate).padStart(15, '0')} ${RepositoryName}`);
      const { items, end } = pageAfter(view.repositories.listBy('region', region), sortKey, { nextToken, limit: pageSize, isDescending: order === 'descending' }, { marker, error });
      return { repositories: items.map(({ RepositoryName, RepositoryId }) => ({ repositoryName: RepositoryName, repositoryId: RepositoryId })), ...end };
    },
  },

  UpdateRepositoryName: {
    // Who renames takes the name away from one ARN and gives it to another. GUESS: AWS documents the permission for the repository only.
    access({ oldName, newName }, context) {
      const tags = resourceTagContext(findRepository(context.view, context.region, oldName));
      return [repositoryAsk(context, oldName), { resource: repositoryArn(context.account, context.region, newName), context: tags }];
    },
    async run({ oldName, newName }, { write, region, now, error }) {
      checkName(newName, error);
      return write((draft) => {
        const repository = getRepository(draft, region, oldName, error);
        if (!draft.repositories.update({ ...repository, RepositoryName: newName, LastModifiedDate: now })) throw alreadyExists(newName, error);
      });
    },
  },

  UpdateRepositoryDescription: {
    access: ({ repositoryName }, context) => [repositoryAsk(context, repositoryName)],
    run: ({ repositoryName, repositoryDescription }, { write, region, now, error }) => write((draft) => {
      const { Description: _, ...repository } = getRepository(draft, region, repositoryName, error);
      draft.repositories.update({ ...repository, LastModifiedDate: now, ...(repositoryDescription !== undefined && repositoryDescription !== '' && { Description: repositoryDescription }) });
    }),
  },

  UpdateDefaultBranch: {
    access: ({ repositoryName }, context) => [repositoryAsk(context, repositoryName)],
    async run({ repositoryName, defaultBranchName }, context) {
      const { write, region, now, error } = context;
      const { doc, git } = await openRepository(context, repositoryName);
      if ((await git.branchCommit(defaultBranchName)) === undefined) throw error('BranchDoesNotExistException', `Branch ${defaultBranchName} does not exist`);
      await write((draft) => {
        draft.repositories.update({ ...getSame(draft, doc, region, error), DefaultBranch: defaultBranchName, LastModifiedDate: now });
      });
      await git.setHead(defaultBranchName);
    },
  },

  DeleteRepository: {
    access: ({ repositoryName }, context) => [repositoryAsk(context, repositoryName)],
    async run({ repositoryName }, { write, region, repositoryRemoval, caller, requestId }) {
      const removing = await write((draft) => {
        const repository = findRepository(draft, region, repositoryName);
        if (!repository) return undefined;
        draft.repositories.remove(pairKey(region, repository.RepositoryId));
        return repositoryRemoval.record(draft, repository.RepositoryId);
      });
      // Deleting what is not there succeeds, and names nothing. Source: "DeleteRepository".
      if (!removing) return {};
      await repositoryRemoval.carryOut(removing, { by: caller.arn, requestId, action: 'codecommit:DeleteRepository' });
      return { repositoryId: removing.payload.RepositoryId };
    },
  },
} satisfies Operations<Codecommit, 'CreateRepository' | 'GetRepository' | 'BatchGetRepositories' | 'ListRepositories' | 'UpdateRepositoryName' | 'UpdateRepositoryDescription' | 'UpdateDefaultBranch' | 'DeleteRepository'>;

function alreadyExists(name: string, error: Raise<'RepositoryNameExistsException'>): Error {
  return error('RepositoryNameExistsException', `Repository named ${name} already exists`);
}

/** Beside what the model says. Source: "Quotas in AWS CodeCommit": names cannot end in .git. */
function checkName(name: string, error: Raise<'InvalidRepositoryNameException'>): void {
  if (name.endsWith('.git') || name === '.' || name === '..') throw error('InvalidRepositoryNameException', 'The repository name is not valid. Repository names cannot end in .git.');
}

/** The repository that was looked at, as it is now; gone if another has its name. */
function getSame(draft: AccountView, { RepositoryId, RepositoryName }: RepositoryDoc, region: string, error: Raise<'RepositoryDoesNotExistException'>): RepositoryDoc {
  const repository = draft.repositories.find(pairKey(region, RepositoryId));
  if (!repository) throw error('RepositoryDoesNotExistException', `${RepositoryName} does not exist`);
  return repository;
}

function shown(view: AccountView, repository: RepositoryDoc, { gitUrls }: Pick<RunContext<never>, 'gitUrls'>): RepositoryMetadata {
  const { RepositoryId, Region, RepositoryName, Description, DefaultBranch, CreateDate, LastModifiedDate } = repository;
  const cloneUrlSsh = gitUrls.ssh(Region, RepositoryName);
  return {
    accountId: view.account, repositoryId: RepositoryId, repositoryName: RepositoryName,
    ...(Description !== undefined && { repositoryDescription: Description }),
    ...(DefaultBranch !== undefined && { defaultBranch: DefaultBranch }),
    lastModifiedDate: LastModifiedDate, creationDate: CreateDate,
    cloneUrlHttp: gitUrls.http(Region, RepositoryName),
    ...(cloneUrlSsh !== undefined && { cloneUrlSsh }),
    Arn: repositoryArn(view.account, Region, RepositoryName),
  };
}
