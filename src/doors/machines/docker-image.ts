/** The image of an instance in a container: nothing but the folders that the host's own are mounted at, and the links that every program expects. Source: pax(1), "ustar Interchange Format". */
import { hash } from 'node:crypto';
import { ownFolders } from './machine-disk.ts';
import { hostLink } from './sandbox.ts';

export interface HostImage { readonly repository: string; readonly tag: string; readonly name: string; readonly tar: Uint8Array }

/** What a machine finds of its own making beside the host's: see docker-driver.ts. */
export const containerFolder = '/gatehouse';

/** The same on one host until its layout changes, and known by what is in it. */
export function hostImage(): HostImage {
  const folders = ['usr', 'proc', 'sys', 'dev', 'run', 'mnt', 'media', ...ownFolders, containerFolder.slice(1)].map((name) => tarEntry(`${name}/`, '5', ''));
  const links = ['bin', 'sbin', 'lib', 'lib32', 'lib64'].flatMap((name) => (hostLink(`/${name}`) === undefined ? [] : [tarEntry(name, '2', hostLink(`/${name}`)!)]));
  const tar = Buffer.concat([...folders, ...links, Buffer.alloc(1024)]);
  const tag = hash('sha256', tar).slice(0, 16);
  return { repository: 'gatehouse-host', tag, name: `gatehouse-host:${tag}`, tar };
}

function tarEntry(name: string, type: '5' | '2', link: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  for (const [at, value] of [[100, '0000755'], [108, '0000000'], [116, '0000000'], [124, '00000000000'], [136, '00000000000']] as const) header.write(`${value}\0`, at);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(link, 157, 100);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
