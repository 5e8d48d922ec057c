/** Takes a push in: what it would change is read and asked for before git sees any of it, so that what is denied is not written. */
import { startGit } from '../../services/codecommit/git/git-process.ts';
import { gitLimits } from '../../services/codecommit/git/limits.ts';
import { branchReference, isReferenceName } from '../../services/codecommit/git/reference-name.ts';
import { recordPush } from '../../services/codecommit/pushes.ts';
import type { RepositoryDoc } from '../../store/repository-doc.ts';
import { pairKey } from '../../store/tables.ts';
import { gitDoorLimits } from './limits.ts';
import type { GitDoorParts } from './parts.ts';
import { noObject, readPushCommands, refusedReport } from './push-commands.ts';
import type { PushCommands, ReferenceChange } from './push-commands.ts';
import { modeArguments } from './serve-pull.ts';
import { GitRefused } from './visit.ts';
import type { GitVisit } from './visit.ts';
import { feed, passOn } from './wire.ts';
import type { GitMode, Wire } from './wire.ts';

const branchPrefix = branchReference('');
/** What a push may change; the rest is git's own. */
const writable: readonly string[] = [branchPrefix, 'refs/tags/', 'refs/notes/'];

/** Resolves to the exit status for the client. */
export async function servePush(parts: GitDoorParts, visit: GitVisit, repository: RepositoryDoc, wire: Wire, mode: GitMode, protocol: string | undefined): Promise<number> {
  const path = await parts.git.open(repository.RepositoryId);
  const git = startGit(path, ['receive-pack', ...modeArguments[mode], path], protocol);
  const passing = passOn(git, wire);
  // Awaited below, once it is known whether git goes on.
  passing.catch(() => {});
  if (mode === 'advertise') {
    git.stdin.end();
    return passing;
  }
  let commands: PushCommands;
  try {
    commands = await readPushCommands(wire.source, gitDoorLimits.commandBytesMax);
    refuseUnwritable(commands, repository);
    if (commands.changes.length > 0) await visit.admit([...new Set(commands.changes.map(({ reference }) => reference))]);
  } catch (thrown) {
    git.kill('SIGKILL');
    await passing.catch(() => {});
    if (!(thrown instanceof PushRefused) && !(thrown instanceof GitRefused)) throw thrown;
    return refuse(commands!, thrown, wire);
  }
  git.stdin.on('error', () => {});
  git.stdin.write(commands.bytes);
  const feeding = feed(git, wire.source).catch(() => { git.stdin.destroy(); });
  const status = await passing;
  await feeding;
  if (commands.changes.length > 0) await recordChanges(parts, visit, repository, commands.changes);
  return status;
}

class PushRefused extends Error {
  readonly reference: string | undefined;

  constructor(message: string, reference?: string) {
    super(message);
    this.reference = reference;
  }
}

function refuseUnwritable({ changes }: PushCommands, { DefaultBranch }: RepositoryDoc): void {
  // Source: "Quotas in AWS CodeCommit".
  if (changes.length > gitLimits.referencesPerPushMax) throw new PushRefused(`A push may change at most ${gitLimits.referencesPerPushMax} references.`);
  for (const { reference, after } of changes) {
    const prefix = writable.find((prefix) => reference.startsWith(prefix));
    if (prefix === undefined || !isReferenceName(reference.slice(prefix.length))) throw new PushRefused('Only branches, tags and notes can be pushed.', reference);
    // Source: "DeleteBranch": the default branch cannot be deleted.
    if (DefaultBranch !== undefined && reference === branchReference(DefaultBranch) && after === noObject) throw new PushRefused('The default branch cannot be deleted.', reference);
  }
}

/** Tells the client, which goes on sending what it has packed: that is read and thrown away. */
async function refuse(commands: PushCommands, refusal: PushRefused | GitRefused, wire: Wire): Promise<number> {
  const about = refusal instanceof PushRefused ? refusal.reference : undefined;
  const reasonOf = ({ reference }: ReferenceChange): string => (about === undefined ? 'denied' : reference === about ? refusal.message : 'refused with the rest');
  // Over HTTP nobody reads it before all was sent.
  const told = wire.write(refusedReport(commands, reasonOf, refusal.message));
  told.catch(() => {});
  const until = Date.now() + gitDoorLimits.refusedDrainMs;
  while (Date.now() < until && !(await wire.source.next()).done);
  await told;
  return 1;
}

/** What the push has come to, in the journal: a repository's first branch becomes its default. Tags and notes modify it, too. */
async function recordChanges(parts: GitDoorParts, visit: GitVisit, repository: RepositoryDoc, changes: readonly ReferenceChange[]): Promise<void> {
  const { Region, RepositoryId } = repository;
  // Deleted meanwhile: to open it would make its folder again.
  if (!(await parts.store.account(visit.account))?.repositories.find(pairKey(Region, RepositoryId))) return;
  const git = await parts.git.repository(RepositoryId);
  const done: string[] = [];
  for (const { reference, after } of changes) {
    const branch = reference.startsWith(branchPrefix) && after !== noObject ? reference.slice(branchPrefix.length) : undefined;
    // Git may have refused one and taken the others.
    if (branch !== undefined && (await git.branchCommit(branch)) === after) done.push(branch);
  }
  const first = repository.DefaultBranch === undefined ? done[0] : undefined;
  if (first !== undefined) await git.setHead(first);
  await parts.store.write(visit.account, visit.cause, (draft) => recordPush(draft, repository, done, parts.clock()));
  visit.record(repository, { references: changes.map(({ reference }) => reference).slice(0, 100) });
}
