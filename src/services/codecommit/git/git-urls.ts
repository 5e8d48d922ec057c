/** Where clients of Git find a repository: over HTTP on the port of the API, over SSH on one of its own. */

type UrlOf = (region: string, repositoryName: string) => string;

export interface GitUrls {
  readonly http: UrlOf;
  /** Absent where nothing listens for SSH. */
  readonly ssh?: UrlOf;
}

/** Paths of the default region are AWS's own; of another, the region stands before them: what AWS's host names say, one port cannot. */
export const defaultGitRegion = 'us-east-1';

/** `/v1/repos/NAME`, `/eu-west-1/v1/repos/NAME` */
export const repositoryPath = (region: string, name: string): string => `${region === defaultGitRegion ? '' : `/${region}`}/v1/repos/${name}`;
