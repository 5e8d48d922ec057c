/** Hands a repository's objects out: git's own upload-pack, between its client and us. */
import { startGit } from '../../services/codecommit/git/git-process.ts';
import { runOn } from './wire.ts';
import type { GitMode, Wire } from './wire.ts';

/** Resolves to git's exit status. `path` is the bare repository's. */
export function servePull(path: string, wire: Wire, mode: GitMode, protocol: string | undefined): Promise<number> {
  const git = startGit(path, ['upload-pack', '--strict', ...modeArguments[mode], path], protocol);
  return runOn(git, wire);
}

/** Source: git-upload-pack(1), git-receive-pack(1). */
export const modeArguments: Readonly<Record<GitMode, readonly string[]>> = {
  session: [],
  advertise: ['--stateless-rpc', '--http-backend-info-refs'],
  request: ['--stateless-rpc'],
};
