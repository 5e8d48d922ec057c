/** Gives memory back at once that the garbage collector would find only when much more of it lies about: what is streamed is allocated as fast as it is sent. */

/** Of bytes that nobody else sees and that nobody looks at any more. Those that are part of a larger memory are left. */
export function freeMemory(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength) buffer.transfer(0);
}
