/** A QR code as a PNG picture, for an authenticator to look at. Source: PNG Specification (Third Edition), sections 5 and 11. */
import { crc32, deflateSync } from 'node:zlib';
import { encodeQR } from 'qr';

/** Pixels of one module's side, and the quiet zone's width in modules that ISO/IEC 18004 asks for. */
const scale = 4;
const border = 4;

/** The text as a QR code, black on white. */
export function qrCodePng(text: string): Buffer {
  return png(encodeQR(text, 'raw', { ecc: 'medium', scale, border }));
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** One bit a pixel, greyscale: a row is a filter byte of zero and its pixels, true for black. */
function png(rows: readonly (readonly boolean[])[]): Buffer {
  const width = rows[0]?.length ?? 0;
  const rowBytes = 1 + Math.ceil(width / 8);
  const pixels = Buffer.alloc(rowBytes * rows.length);
  for (const [y, row] of rows.entries()) {
    for (const [x, isBlack] of row.entries()) if (!isBlack) pixels[y * rowBytes + 1 + (x >> 3)]! |= 0x80 >> (x & 7);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  // Bit depth one; colour type, compression, filter and interlace are all zero.
  header[8] = 1;
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
