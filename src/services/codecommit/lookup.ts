/** Repositories as operations name them, and what they ask permission for. */
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import type { RepositoryDoc } from '../../store/repository-doc.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { AccessContext, RunContext } from '../operation.ts';

/** `arn:aws:codecommit:REGION:ACCOUNT:NAME`. Source: "Actions, resources, and condition keys for AWS CodeCommit". */
export const repositoryArn = (account: string, region: string, name: string): string => `arn:aws:codecommit:${region}:${account}:${name}`;

export function findRepository(view: AccountView, region: string, name: string): RepositoryDoc | undefined {
  return view.repositories.findBy('name', pairKey(region, name));
}

/** AWS: `X does not exist`, X being the name. */
export function getRepository(view: AccountView, region: string, name: string, error: Raise<'RepositoryDoesNotExistException'>): RepositoryDoc {
  const repository = findRepository(view, region, name);
  if (!repository) throw error('RepositoryDoesNotExistException', `${name} does not exist`);
  return repository;
}

/** Asks for a repository, with its tags where it is there. */
export function repositoryAsk({ view, account, region }: Pick<AccessContext<never>, 'view' | 'account' | 'region'>, name: string, context: Ask['context'] = {}): Ask {
  return { resource: repositoryArn(account, region, name), context: { ...resourceTagContext(findRepository(view, region, name)), ...context } };
}

export function resourceTagContext(repository: RepositoryDoc | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(repository?.Tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

/** The reference that a change of a branch is about. Source: "Actions, resources, and condition keys for AWS CodeCommit", codecommit:References. */
export const referenceContext = (...references: readonly string[]): Ask['context'] => ({ 'codecommit:References': references });

/** A repository and what is in it. */
export async function openRepository(context: Pick<RunContext<'RepositoryDoesNotExistException'>, 'view' | 'region' | 'git' | 'error'>, name: string) {
  const doc = getRepository(context.view, context.region, name, context.error);
  return { doc, git: await context.git.repository(doc.RepositoryId) };
}
