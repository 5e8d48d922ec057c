/** Which repository a client of Git names, and which of Git's two commands it asks for. */
import { defaultGitRegion } from '../../services/codecommit/git/git-urls.ts';

export type GitCommand = 'upload-pack' | 'receive-pack';

export interface NamedRepository { readonly region: string; readonly name: string }

const pathForm = /^(?:\/([a-z]{2}(?:-[a-z]+)+-\d))?\/v1\/repos\/([\w.-]{1,100})$/;

/** `/v1/repos/NAME`, or with the region before it; undefined for any other path. */
export function readRepositoryPath(path: string): NamedRepository | undefined {
  const [whole, region = defaultGitRegion, name] = pathForm.exec(path) ?? [];
  return whole === undefined || name === '.' || name === '..' ? undefined : { region, name: name! };
}

const commandForm = /^git[- ](upload-pack|receive-pack) (?:'([^']*)'|([^' ]*))$/;

/** What a client asks over SSH: `git-upload-pack '/v1/repos/NAME'`. No shell sees it, so there is nothing to escape, and nothing else is a command. */
export function readSshCommand(text: string): { readonly command: GitCommand; readonly repository: NamedRepository } | undefined {
  const [whole, command, quoted, bare] = commandForm.exec(text) ?? [];
  const repository = whole === undefined ? undefined : readRepositoryPath((quoted ?? bare)!);
  // INVARIANT: the form names the two commands.
  return repository && { command: command as GitCommand, repository };
}
