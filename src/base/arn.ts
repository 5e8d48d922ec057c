/** Amazon Resource Names: built from parts and taken apart. Source: "IAM identifiers" (IAM User Guide). */

export const partition = 'aws';

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All that follows the fifth colon. */
  readonly resource: string;
}

/** Takes an ARN apart at its first five colons; undefined when it has fewer or does not begin with `arn:`. */
export function parse(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const colons = [3];
  for (let i = 0; i < 4; i++) {
    const next = text.indexOf(':', colons[i]! + 1);
    if (next < 0) return undefined;
    colons.push(next);
  }
  const [c0, c1, c2, c3, c4] = colons as [number, number, number, number, number];
  return { partition: text.slice(c0 + 1, c1), service: text.slice(c1 + 1, c2), region: text.slice(c2 + 1, c3), account: text.slice(c3 + 1, c4), resource: text.slice(c4 + 1) };
}

const iam = (account: string, resource: string): string => `arn:${partition}:iam::${account}:${resource}`;

// A path begins and ends with a slash, so `user` + path + name is `user/path/name`.
export const root = (account: string): string => iam(account, 'root');
export const user = (account: string, path: string, name: string): string => iam(account, `user${path}${name}`);
export const group = (account: string, path: string, name: string): string => iam(account, `group${path}${name}`);
export const role = (account: string, path: string, name: string): string => iam(account, `role${path}${name}`);
export const policy = (account: string, path: string, name: string): string => iam(account, `policy${path}${name}`);
/** An AWS-managed policy: its account field is `aws`. */
export const awsPolicy = (path: string, name: string): string => policy('aws', path, name);
export const instanceProfile = (account: string, path: string, name: string): string => iam(account, `instance-profile${path}${name}`);
export const mfa = (account: string, path: string, name: string): string => iam(account, `mfa${path}${name}`);
/** A passkey or security key of a user, or of root. */
export const passkey = (account: string, owner: string, name: string): string => iam(account, `u2f/${owner}/${name}`);
/** `url` is the issuer without its scheme. */
export const oidcProvider = (account: string, url: string): string => iam(account, `oidc-provider/${url}`);
export const samlProvider = (account: string, name: string): string => iam(account, `saml-provider/${name}`);
export const serverCertificate = (account: string, path: string, name: string): string => iam(account, `server-certificate${path}${name}`);
/** The role's path does not appear. */
export const assumedRole = (account: string, roleName: string, sessionName: string): string => `arn:${partition}:sts::${account}:assumed-role/${roleName}/${sessionName}`;
export const federatedUser = (account: string, name: string): string => `arn:${partition}:sts::${account}:federated-user/${name}`;

/** `user/a/b/name` → type `user`, path `/a/b/`, name `name`; undefined when there is no slash. */
export function splitResource(resource: string): { readonly type: string; readonly path: string; readonly name: string } | undefined {
  const first = resource.indexOf('/');
  if (first < 0) return undefined;
  const last = resource.lastIndexOf('/');
  return { type: resource.slice(0, first), path: resource.slice(first, last + 1), name: resource.slice(last + 1) };
}
