/** Session claims as few bytes: an array in place of names, deflated where that helps. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SessionClaims } from '../base/session.ts';

/** Where each claim stands in the array. A place is never given to another claim: tokens outlive the process that sealed them. */
const places: Readonly<Record<keyof SessionClaims, number>> = {
  issuer: 0, account: 1, principalId: 2, accessKeyId: 3, secretAccessKey: 4, issuedAt: 5, expiresAt: 6,
  sessionName: 7, mfaAt: 8, policy: 9, policyArns: 10, tags: 11, transitiveTagKeys: 12, sourceIdentity: 13, federatedProvider: 14, providerKeys: 15, consoleSessionId: 16, isChained: 17, isOfDefaultRegions: 18,
};

const placed = Object.entries(places) as readonly [keyof SessionClaims, number][];

/** The first byte says how the rest is to be read. */
const plain = 1;
const deflated = 2;

/** Deflating costs more than sealing does, and what is shorter than this is mostly ids and a secret, which do not shrink. */
const deflateFromBytes = 320;

/** More than any claims within AWS's limits come to. Only what was sealed here is ever inflated; this holds if that should fail. */
const inflatedBytesMax = 256 * 1024;

/** What session policies and tags are mostly made of, the most frequent last. Part of the format: it must not change. */
const dictionary = Buffer.from('aws:PrincipalTag/aws:RequestedRegion"Principal":"NotAction":["StringEquals":{"StringLike":{"Condition":{"Sid":"CostCenterDepartmentEnvironmentProjectTeam"s3:ListBucket","s3:PutObject","s3:GetObject"'
  + 'arn:aws:iam::aws:policy/ReadOnlyAccess"arn:aws:s3:::{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"Resource":["{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["*","Resource":"*"}]}');

export function packClaims(claims: SessionClaims): Buffer {
  const values: unknown[] = [];
  for (const [name, place] of placed) values[place] = claims[name];
  while (values.at(-1) === undefined) values.pop();
  const json = Buffer.from(JSON.stringify(values));
  if (json.length >= deflateFromBytes) {
    const shorter = deflateRawSync(json, { dictionary });
    if (shorter.length < json.length) return Buffer.concat([Buffer.of(deflated), shorter]);
  }
  return Buffer.concat([Buffer.of(plain), json]);
}

/** The claims. Throws for bytes that packClaims did not make: they were sealed, so whoever made them had our key. */
export function unpackClaims(packed: Uint8Array): SessionClaims {
  const form = packed[0];
  if (form !== plain && form !== deflated) throw new Error(`session claims of an unknown form: ${form}`);
  const rest = packed.subarray(1);
  const json = form === plain ? Buffer.from(rest) : inflateRawSync(rest, { dictionary, maxOutputLength: inflatedBytesMax });
  const values = JSON.parse(json.toString()) as readonly unknown[];
  // What is sealed was typed when it was packed; null stands where a claim was absent.
  const claims: Record<string, unknown> = {};
  for (const [name, place] of placed) if (values[place] !== undefined && values[place] !== null) claims[name] = values[place];
  return claims as unknown as SessionClaims;
}

/** The claims that PackedPolicySize is about. Source: AssumeRole, PackedPolicySize (STS API Reference). */
const counted = ['policy', 'policyArns', 'tags', 'transitiveTagKeys'] as const satisfies readonly (keyof SessionClaims)[];

export const hasCounted = (claims: SessionClaims): boolean => counted.some((name) => claims[name] !== undefined);

/** The claims that every session has to have room for. */
export const withoutCounted = (claims: SessionClaims): SessionClaims => ({ ...claims, policy: undefined, policyArns: undefined, tags: undefined, transitiveTagKeys: undefined });
