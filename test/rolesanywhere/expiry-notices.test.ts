/** Certificates that end soon are told of in the audit log and the log: as early as the trust anchor's settings say, once a day, and not where they say no. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toPem } from '../../src/credentials/authority/issue.ts';
import { tellOfExpiries } from '../../src/services/rolesanywhere/expiry-notices.ts';
import { testEpoch } from '../gatehouse.ts';
import { forgeDer, named } from '../x509/forge.ts';
import { credentialsOf, idOf, startAnywhere } from './anywhere.ts';

const day = 86_400_000;

test('of an authority and of a machine that is given credentials, each as its setting has it', async () => {
  const anywhere = await startAnywhere();
  const { gatehouse, call } = anywhere;
  try {
    const warned: string[] = [];
    const { store, clock, guard, lastUsed, newRequestId, audit } = gatehouse.plane;
    type Notice = { readonly eventName: string; readonly serviceEventDetails: { readonly event: string; readonly subject: string; readonly 'days-to-expiry': number } };
    /** What a look tells: which, of whom, how many days before. */
    const told = async (): Promise<readonly (readonly [string, string, number])[]> => {
      const before = gatehouse.auditRecords.length;
      await tellOfExpiries({ store, clock, guard, lastUsed, newRequestId, recordEvent: (record) => audit.recordEvent(record), warn: (message) => void warned.push(message) });
      return (gatehouse.auditRecords.slice(before) as Notice[]).filter(({ eventName }) => eventName === 'CertificateExpirationStateChange').map(({ serviceEventDetails: { event, subject, 'days-to-expiry': days } }) => [event, subject, days]);
    };
    // What the others were made for ends tomorrow: nothing is told where that is switched off.
    const silent = ['CA_CERTIFICATE_EXPIRY', 'END_ENTITY_CERTIFICATE_EXPIRY'].map((event) => ({ event, enabled: false }));
    const put = (anchorArn: string, notificationSettings: readonly object[]) => call('PATCH', '/put-notifications-settings', { trustAnchorId: idOf(anchorArn), notificationSettings });
    assert.equal((await put(anywhere.anchorArn, silent)).status, 200);
    assert.deepEqual(await told(), []);
    const lasting = named('Lasting');
    const pem = toPem('CERTIFICATE', forgeDer(lasting, { issuer: lasting, isAuthority: true, to: testEpoch + 100 * day }));
    const { json } = await call('POST', '/trustanchors', { name: 'lasting', enabled: true, source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pem } }, notificationSettings: [{ event: 'CA_CERTIFICATE_EXPIRY', enabled: true, threshold: 60 }] });
    const { trustAnchorArn } = json.trustAnchor;
    assert.deepEqual(await told(), []);
    gatehouse.clock.advance(40 * day);
    assert.deepEqual(await told(), [['CA_CERTIFICATE_EXPIRY', 'CN=Lasting', 60]]);
    gatehouse.clock.advance(6 * 3_600_000);
    assert.deepEqual(await told(), [], 'once a day');
    gatehouse.clock.advance(day);
    assert.equal((await told()).length, 1);
    await put(trustAnchorArn, [{ event: 'CA_CERTIFICATE_EXPIRY', enabled: false }]);
    gatehouse.clock.advance(day);
    assert.deepEqual(await told(), []);
    // A machine: 45 days before, where nobody says otherwise, and only while it comes.
    const machine = named('machine');
    const certificate = forgeDer(machine, { issuer: lasting, to: gatehouse.clock.now + 40 * day });
    credentialsOf(await anywhere.session({ key: machine.key, certificate, query: { roleArn: anywhere.roleArn, profileArn: anywhere.profileArn, trustAnchorArn } }));
    assert.deepEqual(await told(), [['END_ENTITY_CERTIFICATE_EXPIRY', 'CN=machine', 39]]);
    gatehouse.clock.advance(2 * day);
    assert.deepEqual(await told(), [], 'it has not come again');
    credentialsOf(await anywhere.session({ key: machine.key, certificate, query: { roleArn: anywhere.roleArn, profileArn: anywhere.profileArn, trustAnchorArn } }));
    await put(trustAnchorArn, [{ event: 'END_ENTITY_CERTIFICATE_EXPIRY', enabled: true, threshold: 10 }]);
    assert.deepEqual(await told(), []);
    // An authority's end is told of for a fortnight after it.
    await put(trustAnchorArn, [{ event: 'CA_CERTIFICATE_EXPIRY', enabled: true }]);
    gatehouse.clock.now = testEpoch + 110 * day;
    assert.deepEqual(await told(), [['CA_CERTIFICATE_EXPIRY', 'CN=Lasting', -10]]);
    gatehouse.clock.now = testEpoch + 116 * day;
    assert.deepEqual(await told(), []);
    assert.match(warned[0]!, /^a certificate of the trust anchor arn:aws:rolesanywhere:us-east-1:\d+:trust-anchor\/[\w-]+ ends in 60 days: number \w+ of CN=Lasting$/);
    assert.match(warned.at(-1)!, /ended 10 days ago/);
  } finally {
    await gatehouse.stop();
  }
});
