/** Documents of issuers are fetched from those that are trusted and answer within the limits, and never from this network unless that is allowed. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { IssuerUnreachable, IssuerUntrusted } from '../authn/issuer-keys.ts';
import { intermediateCertificate, leafCertificate, leafKey, localhostCertificate, localhostKey, rootCertificate } from '../../test/certificates.ts';
import { createFetchDocument, isPrivate } from './fetch-document.ts';
import { limits } from './limits.ts';

const servers: Server[] = [];
let url: string;
let otherHost: string;
let asked: string[] = [];

const answers: Readonly<Record<string, { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string }>> = {
  '/ok': { status: 200, body: '{"a":1}' },
  '/moved': { status: 302, headers: { Location: '/ok' }, body: '' },
  '/round': { status: 302, headers: { Location: '/round' }, body: '' },
  '/plain': { status: 302, headers: { Location: 'http://127.0.0.1/ok' }, body: '' },
  '/error': { status: 500, body: '{}' },
  '/html': { status: 200, body: '<html>' },
  '/long': { status: 200, body: `"${'x'.repeat(limits.issuerDocumentBytesMax)}"` },
};

async function serve(cert: string, key: string): Promise<string> {
  const server = createServer({ cert, key }, (request, response) => {
    asked.push(request.url!);
    const { status, headers, body } = answers[request.url!]!;
    response.writeHead(status, headers).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}

before(async () => {
  url = await serve(localhostCertificate + intermediateCertificate, localhostKey);
  otherHost = await serve(leafCertificate + intermediateCertificate, leafKey);
});
after(() => { for (const server of servers) server.close(); });

const thumbprint = (certificate: string): string => new X509Certificate(certificate).fingerprint.replaceAll(':', '').toLowerCase();
const fetchHere = createFetchDocument({ allowsPrivate: true });
const trusted = { thumbprints: [thumbprint(intermediateCertificate)] };

test('a document comes from an issuer whose certificate, or what signed it, has the thumbprint', async () => {
  assert.deepEqual(await fetchHere(`${url}/ok`, trusted), { a: 1 });
  assert.deepEqual(await fetchHere(`${url}/ok`, { thumbprints: [thumbprint(localhostCertificate)] }), { a: 1 });
});

test('nothing is asked of an issuer that nobody vouches for', async () => {
  asked = [];
  for (const thumbprints of [[], [thumbprint(rootCertificate)], [thumbprint(leafCertificate)]]) await assert.rejects(fetchHere(`${url}/ok`, { thumbprints }), IssuerUntrusted);
  // Its certificate is of another host, though what signed it has the thumbprint.
  await assert.rejects(fetchHere(`${otherHost}/ok`, trusted), IssuerUntrusted);
  assert.deepEqual(asked, []);
});

test('a redirect is followed, but not in circles and not to plain http', async () => {
  assert.deepEqual(await fetchHere(`${url}/moved`, trusted), { a: 1 });
  for (const path of ['/round', '/plain']) await assert.rejects(fetchHere(`${url}${path}`, trusted), IssuerUnreachable);
  await assert.rejects(fetchHere(url.replace('https', 'http'), trusted), IssuerUnreachable);
});

test('an error, what is no JSON, what is too long and what does not answer is unreachable', async () => {
  const unreachable = (isPassing: boolean) => (thrown: unknown): boolean => thrown instanceof IssuerUnreachable && thrown.isPassing === isPassing;
  for (const path of ['/html', '/long']) await assert.rejects(fetchHere(`${url}${path}`, trusted), unreachable(false), path);
  // What may pass is told apart: clients ask again.
  await assert.rejects(fetchHere(`${url}/error`, trusted), unreachable(true));
  await assert.rejects(fetchHere('https://localhost:1/ok', trusted), unreachable(true));
});

test('addresses of this network are not asked, by number or by name', async () => {
  asked = [];
  const fetchOpen = createFetchDocument({ allowsPrivate: false });
  for (const host of ['localhost', '127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0x7f000001', '2130706433', '127.1']) {
    await assert.rejects(fetchOpen(`${url.replace('localhost', host)}/ok`, trusted), IssuerUnreachable, host);
  }
  assert.deepEqual(asked, []);
});

test('which addresses are private', () => {
  for (const address of ['10.1.2.3', '127.0.0.1', '169.254.169.254', '172.31.0.1', '192.168.1.1', '100.64.0.1', '0.0.0.0', '::1', '::', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '::ffff:a00:1', '64:ff9b::a00:1', '2002:a00:1::']) assert.equal(isPrivate(address), true, address);
  for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1', '::ffff:8.8.8.8', 'example.com']) assert.equal(isPrivate(address), false, address);
});
