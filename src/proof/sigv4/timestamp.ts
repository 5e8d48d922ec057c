/** The times in signatures, read from their two forms. */
import type { Timestamp } from '../../base/clock.ts';
import { SignatureRefusal } from './refusal.ts';

/** Reads `20150830T123600Z`; undefined where it is something else or no real time. */
export function parseBasic(text: string): Timestamp | undefined {
  if (text.length !== 16 || text[8] !== 'T' || text[15] !== 'Z') return undefined;
  const year = number(text, 0, 4), month = number(text, 4, 6), day = number(text, 6, 8);
  const hour = number(text, 9, 11), minute = number(text, 11, 13), second = number(text, 13, 15);
  // NaN fails every comparison, so that one that is not a number is refused by its range.
  const isReal = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour <= 23 && minute <= 59 && second <= 59;
  return isReal ? (((dayNumber(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000 : undefined;
}

/** The number that the digits from `start` to `end` write; NaN where one is no digit. */
function number(text: string, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Days since 1970-01-01. Years are counted from March, so that a leap day is the last of its year; every request's time passes here, and Date.UTC takes several times as long. */
function dayNumber(year: number, month: number, day: number): number {
  const yearFromMarch = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return yearFromMarch * 365 + Math.floor(yearFromMarch / 4) - Math.floor(yearFromMarch / 100) + Math.floor(yearFromMarch / 400) + dayOfYear - daysBefore1970;
}

/** From 1 March of the year 0. */
const daysBefore1970 = 719_468;

const daysIn = (year: number, month: number): number => (month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);

/** Reads a Date header: the basic form, or the form of RFC 9110 section 5.6.7 that HTTP clients put there. */
export function parseDateHeader(text: string): Timestamp | undefined {
  const basic = parseBasic(text);
  if (basic !== undefined) return basic;
  const at = Date.parse(text);
  return Number.isNaN(at) || new Date(at).toUTCString() !== text ? undefined : at;
}

/** The refusal of a time that is in neither form. */
export const notBasicForm = (text: string): SignatureRefusal => new SignatureRefusal('incomplete', `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`);
