/** Where clients of Git find a repository: over HTTP on the port of the API, over SSH on one of its own. */

export interface GitUrls {
  readonly http: (region: string, repositoryName: string) => string;
  /** Undefined where nothing listens for SSH. */
  readonly ssh: (region: string, repositoryName: string) => string | undefined;
}

/** Paths of the default region are AWS's own; of another, the region stands before them: what AWS's host names say, one port cannot. */
export const defaultGitRegion = 'us-east-1';

/** `/v1/repos/NAME`, `/eu-west-1/v1/repos/NAME` */
export const repositoryPath = (region: string, name: string): string => `${region === defaultGitRegion ? '' : `/${region}`}/v1/repos/${name}`;
