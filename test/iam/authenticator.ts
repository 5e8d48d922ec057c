/** What a person with an authenticator does: reads a device's seed, and shows its codes. */
import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { decodeQR } from 'qr/decode.js';
import { stepAt, totpCode } from '../../src/proof/totp.ts';
import type { TestGatehouse } from '../gatehouse.ts';

export interface Authenticator {
  readonly serialNumber: string;
  /** The code so many steps from now. */
  code(steps?: number): string;
}

/** A device of that name, and the authenticator that holds its seed. */
export async function newAuthenticator(gatehouse: TestGatehouse, VirtualMFADeviceName: string, options: { readonly Path?: string; readonly client?: IAMClient } = {}): Promise<Authenticator> {
  const { client = gatehouse.iam(), ...place } = options;
  const { VirtualMFADevice } = await client.send(new sdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName, ...place }));
  const seed = base32Bytes(Buffer.from(VirtualMFADevice!.Base32StringSeed!).toString());
  return { serialNumber: VirtualMFADevice!.SerialNumber!, code: (steps = 0) => totpCode(seed, stepAt(gatehouse.clock.now) + steps) };
}

/** Enables the device for the user with the last code and this one. */
export function enable(client: IAMClient, { serialNumber, code }: Authenticator, UserName: string) {
  return client.send(new sdk.EnableMFADeviceCommand({ UserName, SerialNumber: serialNumber, AuthenticationCode1: code(-1), AuthenticationCode2: code() }));
}

/** The last code and this one, by the real clock, of a device whose seed is given as its owner reads it. */
export function codesNow(base32Seed: string): readonly [string, string] {
  const seed = base32Bytes(base32Seed);
  const step = stepAt(Date.now());
  return [totpCode(seed, step - 1), totpCode(seed, step)];
}

/** Source: RFC 4648, section 6. */
export function base32Bytes(text: string): Buffer {
  let bits = '';
  for (const character of text) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character).toString(2).padStart(5, '0');
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
}

/** What the picture says: a one-bit grey PNG, read as far as that needs. */
export function readQrCode(png: Uint8Array): string {
  const bytes = Buffer.from(png);
  assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const dataLength = bytes.readUInt32BE(33);
  assert.equal(bytes.toString('latin1', 37, 41), 'IDAT');
  const rows = inflateSync(bytes.subarray(41, 41 + dataLength));
  const rowBytes = 1 + Math.ceil(width / 8);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.fill(rows[y * rowBytes + 1 + (x >> 3)]! & (0x80 >> (x & 7)) ? 255 : 0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return decodeQR({ width, height, data });
}
