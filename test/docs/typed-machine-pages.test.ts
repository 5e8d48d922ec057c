/** The how-to pages about machines, devices and what they reach are typed as they stand. */
import { existsSync } from 'node:fs';
import { machinesMissing } from '../machines/running.ts';
import { testPages } from './type-page.ts';

testPages({
  'instance-permissions.md': { headings: ['## Start and stop by tag', '## Pass a role', '## Clean up'], missing: async () => (await machinesMissing()) ?? (existsSync('/usr/bin/aws') ? undefined : 'no AWS CLI that an instance could run (/usr/bin/aws)') },
  'certificates.md': { headings: ['## An authority, and a certificate', '## A role for whoever has one', '## On the machine', '## Take a certificate back'] },
  'devices.md': { headings: ['## Register a device', '## Give it a role', '## On the device', '## Take it back'], programs: ['python3'], args: ['--device-port', '0'] },
  'git.md': { headings: ['## By SSH key', '## Protect a branch', '## By password'], programs: ['git', 'ssh', 'ssh-keygen'], args: ['--git-ssh-port', '0'] },
});
