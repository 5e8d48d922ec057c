/** What an event is called: always the same, and no two the same, so that a client that asks again knows what it has seen. */
import { hash } from 'node:crypto';
import type { Position } from './position.ts';

/** 56 digits, as on AWS, which say nothing of where the event lies. */
export function eventId({ timestamp, ingestedAt, streamId, day, number, offset, index }: Position): string {
  const digest = BigInt(`0x${hash('sha256', JSON.stringify([streamId, ingestedAt, day, number, offset, index]))}`);
  return `3${String(timestamp).padStart(15, '0')}${String(digest % 10n ** 40n).padStart(40, '0')}`;
}
