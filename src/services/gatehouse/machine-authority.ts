/** What issues certificates for machines: an authority of the account's own in each region, which is a trust anchor of Roles Anywhere like any other. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Timestamp } from '../../base/clock.ts';
import type { NameAttribute } from '../../base/distinguished-name.ts';
import { newUuid } from '../../base/ids.ts';
import { issueCertificate, newSerialNumber, toPem } from '../../credentials/authority/issue.ts';
import { makeKeyPair } from '../../credentials/authority/key-pair.ts';
import type { MachineAuthorityDoc } from '../../store/enrolled-machine-docs.ts';
import type { AccountView, Draft } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { ProvenCaller, RunContext } from '../operation.ts';

type Context = Pick<RunContext<never, ProvenCaller>, 'account' | 'now' | 'random' | 'seal'>;

/** What ends a machine's certificate is that it is registered no longer. */
const issuedUntil: Timestamp = Date.parse('2049-12-31T23:59:58Z');
const name: readonly NameAttribute[] = [{ type: 'O', value: 'Gatehouse' }, { type: 'CN', value: 'Machines' }];
const anchorName = 'gatehouse-machines';

const place = (account: string, region: string) => ({ account, table: 'machineAuthorities', key: region, field: 'PrivateKey' });

/** The authority of the region, where it and its trust anchor are there. */
export function findAuthority(view: AccountView, region: string): MachineAuthorityDoc | undefined {
  const authority = view.machineAuthorities.find(region);
  return authority && view.trustAnchors.find(pairKey(region, authority.TrustAnchorId)) ? authority : undefined;
}

/** A new one, not yet kept. */
export async function makeAuthority(region: string, { account, now, random, seal }: Context): Promise<MachineAuthorityDoc> {
  const key = await makeKeyPair('ec');
  const certificate = issueCertificate({ subject: name, publicKey: createPublicKey(key), serialNumber: newSerialNumber(random), notBefore: now - 60_000, notAfter: issuedUntil + 1_000, profile: { kind: 'authority', pathLength: 0 } }, { name, key });
  return { Region: region, TrustAnchorId: newUuid(random), Certificate: toPem('CERTIFICATE', certificate), PrivateKey: seal.seal(key.export({ format: 'pem', type: 'pkcs8' }) as string, place(account, region)) };
}

/** Keeps it, with its trust anchor; the one that is there where another request was first. */
export function keepAuthority(draft: Draft, made: MachineAuthorityDoc, now: Timestamp): MachineAuthorityDoc {
  const found = findAuthority(draft, made.Region);
  if (found) return found;
  draft.trustAnchors.insert({ TrustAnchorId: made.TrustAnchorId, Region: made.Region, Name: anchorName, Certificates: made.Certificate, Enabled: true, CreateDate: now, UpdateDate: now });
  if (!draft.machineAuthorities.insert(made)) draft.machineAuthorities.update(made);
  return made;
}

/** A certificate in PEM, for the holder of a key, under the machine's name. */
export function issueMachineCertificate({ Region, PrivateKey }: MachineAuthorityDoc, machineName: string, publicKey: KeyObject, { account, now, random, seal }: Context): string {
  const key = createPrivateKey(seal.open(PrivateKey, place(account, Region)));
  return toPem('CERTIFICATE', issueCertificate({ subject: [{ type: 'O', value: 'Gatehouse' }, { type: 'CN', value: machineName }], publicKey, serialNumber: newSerialNumber(random), notBefore: now - 60_000, notAfter: issuedUntil, profile: { kind: 'endEntity' } }, { name, key }));
}
