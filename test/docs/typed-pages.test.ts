/** The how-to pages about the account, its people and its policies are typed as they stand. */
import { testPages } from './type-page.ts';

testPages({
  'console.md': { headings: ['## Let somebody in', '## Act as a role', '## What guards it'] },
  'explain-denials.md': { headings: ['## By AWS\'s own operation'] },
  'machines.md': { headings: ['## What machines may have', '## A code for each', '## On the machine', '## Take a machine off'] },
  'monitoring.md': { headings: ['## Is it up', '## Metrics'] },
  'outbound-identity.md': { headings: ['## Switch it on', '## Where the issuer is', '## Keys'] },
  'root-of-members.md': { headings: ['## Make a member, and act as its root', '## Take root\'s password away, and let it be recovered'] },
  'who-can-access-what.md': { headings: ['## Who may do something', '## What a principal may do', '## Watch requests'] },
  'logs.md': { headings: ['## Write, read and search', '## Who may read what'] },
  'pods.md': { headings: ['## Register a cluster, and give a service account a role', '## What a pod is given', '## Take it back'] },
  's3.md': { headings: ['## Who may read and write', '## What the bucket says itself'] },
});
