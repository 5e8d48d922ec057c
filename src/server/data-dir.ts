/** Where things stand in the data directory. */
import { join } from 'node:path';

export interface DataDir {
  readonly journal: string;
  /** The guard store and last-used marks: what is not in the journal. */
  readonly side: string;
  readonly masterKey: string;
  /** The AWS credentials file of the administrators that Gatehouse made. */
  readonly credentials: string;
  readonly audit: string;
  /** The Git repositories. */
  readonly git: string;
  /** The private key by which clients of Git over SSH know this host. */
  readonly gitHostKey: string;
  /** The private key of the authority that signs what devices are shown, and its certificate for those who are to trust it. */
  readonly deviceAuthority: { readonly key: string; readonly certificate: string };
  /** What is in S3's buckets. */
  readonly objects: string;
  /** Held by the process that runs instances. */
  readonly machinesHold: string;
  /** The disks of instances. */
  readonly machines: string;
  /** The events of CloudWatch Logs' streams. */
  readonly logs: string;
}

export const dataDir = (dir: string): DataDir => ({
  journal: join(dir, 'journal.sqlite'),
  side: join(dir, 'side.sqlite'),
  masterKey: join(dir, 'master-key'),
  credentials: join(dir, 'credentials'),
  audit: join(dir, 'audit'),
  git: join(dir, 'git'),
  gitHostKey: join(dir, 'git-host-key'),
  deviceAuthority: { key: join(dir, 'device-ca-key.pem'), certificate: join(dir, 'device-ca.pem') },
  objects: join(dir, 'objects'),
  machinesHold: join(dir, 'machines-hold.sqlite'),
  machines: join(dir, 'machines'),
  logs: join(dir, 'logs'),
});
