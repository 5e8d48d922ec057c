/** One bare repository: what the API reads of it, and the branches that it makes and removes. */
import { GitFailed, runGit } from './git-process.ts';
import { branchReference, isObjectId, isReferenceName } from './reference-name.ts';

export interface Signature { readonly name: string; readonly email: string; /** Seconds since 1970, and the offset: `1764000000 +0100`. */ readonly date: string }

export interface CommitObject {
  readonly commitId: string;
  readonly treeId: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
  /** Headers besides these, as they stand: a signature, for one. */
  readonly additionalData: string;
}

export type EntryKind = 'file' | 'executable' | 'symbolicLink' | 'folder' | 'subModule';

export interface TreeEntry { readonly kind: EntryKind; readonly mode: string; readonly objectId: string; readonly name: string }

export interface BlobSide { readonly objectId: string; readonly mode: string; readonly path: string }

export interface ObjectDifference { readonly change: 'A' | 'M' | 'D'; readonly before?: BlobSide; readonly after?: BlobSide }

const kinds: Readonly<Record<string, EntryKind>> = { '100644': 'file', '100755': 'executable', '120000': 'symbolicLink', '040000': 'folder', '160000': 'subModule' };

/** No commit at all, where git expects one. */
const noObject = '0'.repeat(40);
/** The tree without entries, which every repository knows. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

export class GitRepository {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async branches(): Promise<readonly string[]> {
    const text = await this.#read(['for-each-ref', '--format=%(refname:strip=2)', 'refs/heads/']);
    return text === '' ? [] : text.trimEnd().split('\n');
  }

  branchCommit(branch: string): Promise<string | undefined> {
    return isReferenceName(branch) ? this.#findObject(branchReference(branch), 'commit') : Promise.resolve(undefined);
  }

  /** The commit of a branch, a tag, a whole reference or an id. */
  async findCommit(specifier: string): Promise<string | undefined> {
    if (isObjectId(specifier)) return this.#findObject(specifier, 'commit');
    if (!isReferenceName(specifier)) return undefined;
    for (const reference of specifier.startsWith('refs/') ? [specifier] : [branchReference(specifier), `refs/tags/${specifier}`]) {
      const found = await this.#findObject(reference, 'commit');
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** False when there is a branch of that name. */
  createBranch(branch: string, commitId: string): Promise<boolean> {
    return this.#changeReference([branchReference(branch), commitId, noObject]);
  }

  /** False when the branch has moved on from that commit. */
  deleteBranch(branch: string, commitId: string): Promise<boolean> {
    return this.#changeReference(['-d', branchReference(branch), commitId]);
  }

  /** Which branch a clone begins with. */
  async setHead(branch: string): Promise<void> {
    await runGit(this.#path, ['symbolic-ref', 'HEAD', branchReference(branch)]);
  }

  async commit(commitId: string): Promise<CommitObject> {
    return readCommit(commitId, await this.#read(['cat-file', 'commit', commitId]));
  }

  /** The entries of a folder; of the whole tree's root for an empty path. Undefined where there is no such folder. */
  async entries(commitId: string, folderPath: string): Promise<{ readonly treeId: string; readonly entries: readonly TreeEntry[] } | undefined> {
    const treeId = await this.#findObject(`${commitId}:${folderPath}`, 'tree');
    if (treeId === undefined) return undefined;
    const text = await this.#read(['ls-tree', '-z', treeId]);
    return { treeId, entries: text.split('\0').filter((line) => line !== '').map(readEntry) };
  }

  /** The size of a blob in bytes; undefined where there is none. */
  async blobSize(blobId: string): Promise<number | undefined> {
    if ((await this.#findObject(blobId, 'blob')) === undefined) return undefined;
    return Number(await this.#read(['cat-file', '-s', blobId]));
  }

  blob(blobId: string): Promise<Uint8Array> {
    return runGit(this.#path, ['cat-file', 'blob', blobId]);
  }

  /** From one commit, or nothing, to another, below a path where one is given. */
  async differences(before: string | undefined, after: string, path: string | undefined): Promise<readonly ObjectDifference[]> {
    const text = await this.#read(['diff-tree', '-r', '-z', '--raw', '--no-renames', '--full-index', before ?? emptyTree, after, '--', ...(path === undefined ? [] : [path])]);
    const parts = text.split('\0');
    const differences: ObjectDifference[] = [];
    // `:100644 100644 <id> <id> M`, and the path behind it.
    for (let i = 0; i + 1 < parts.length; i += 2) differences.push(readDifference(parts[i]!, parts[i + 1]!));
    return differences;
  }

  /** The id of what a name leads to, which is asked for as one line: a name with a line feed leads nowhere. */
  async #findObject(name: string, kind: 'commit' | 'tree' | 'blob'): Promise<string | undefined> {
    if (name.includes('\n') || name.includes('\0')) return undefined;
    const answer = (await runGit(this.#path, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], { input: `${name}${kind === 'commit' ? '^{commit}' : ''}\n` })).toString('utf8').trimEnd();
    const [id = '', type] = answer.split(' ');
    return isObjectId(id) && type === kind ? id : undefined;
  }

  async #changeReference(args: readonly string[]): Promise<boolean> {
    try {
      await runGit(this.#path, ['update-ref', ...args]);
      return true;
    } catch (thrown) {
      if (thrown instanceof GitFailed) return false;
      throw thrown;
    }
  }

  async #read(args: readonly string[]): Promise<string> {
    return (await runGit(this.#path, args)).toString('utf8');
  }
}

function readCommit(commitId: string, text: string): CommitObject {
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end).split('\n');
  const values = (name: string): readonly string[] => lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const known = /^(?:tree|parent|author|committer) /;
  return {
    commitId, treeId: values('tree')[0]!, parents: values('parent'), author: readSignature(values('author')[0]!), committer: readSignature(values('committer')[0]!),
    message: text.slice(end + 2), additionalData: lines.filter((line) => !known.test(line)).join('\n'),
  };
}

function readSignature(text: string): Signature {
  const [, name = '', email = '', date = ''] = /^(.*?) ?<([^>]*)> (.*)$/.exec(text) ?? [];
  return { name, email, date };
}

/** `100644 blob <id>\tname` */
function readEntry(line: string): TreeEntry {
  const tab = line.indexOf('\t');
  const [mode = '', , objectId = ''] = line.slice(0, tab).split(' ');
  return { kind: kinds[mode] ?? 'file', mode, objectId, name: line.slice(tab + 1) };
}

function readDifference(line: string, path: string): ObjectDifference {
  const [modeBefore = '', modeAfter = '', before = '', after = '', change = ''] = line.slice(1).split(' ');
  const side = (objectId: string, mode: string): BlobSide | undefined => (objectId === noObject ? undefined : { objectId, mode, path });
  const [one, two] = [side(before, modeBefore), side(after, modeAfter)];
  return { change: change === 'A' || change === 'D' ? change : 'M', ...(one && { before: one }), ...(two && { after: two }) };
}
