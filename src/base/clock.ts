/** Time as an argument: nothing reads the machine's clock but through a Clock. */

/** Milliseconds since 1970-01-01T00:00:00Z, without leap seconds. */
export type Timestamp = number;

export type Clock = () => Timestamp;

const secondsOfDay = 86_400;

/** `00` to `99` */
const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/** `2026-11-23T10:00:00Z`, the form of IAM and STS (whole seconds, rounded down). Nearly every record, log line and answer has one, and a Date costs three times as much. */
export function isoSeconds(at: Timestamp): string {
  const seconds = Math.floor(at / 1000);
  const day = Math.floor(seconds / secondsOfDay);
  const second = seconds - day * secondsOfDay;
  return `${isoDay(day)}T${twoDigits[Math.floor(second / 3600)]}:${twoDigits[Math.floor(second / 60) % 60]}:${twoDigits[second % 60]}Z`;
}

/** `Mon, 23 Nov 2026 10:00:00 GMT`, the form of HTTP. Source: RFC 9110, section 5.6.7. */
export function httpDate(at: Timestamp): string {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  // Beyond four digits the platform knows how it is written.
  if (!(year >= 1000 && year <= 9999)) return date.toUTCString();
  return `${weekdays[date.getUTCDay()]}, ${twoDigits[date.getUTCDate()]} ${months[date.getUTCMonth()]} ${year} ${twoDigits[date.getUTCHours()]}:${twoDigits[date.getUTCMinutes()]}:${twoDigits[date.getUTCSeconds()]} GMT`;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

let knownDay = 0;
let knownDayText = '1970-01-01';

/** The date of a day, counted from 1970-01-01. The last one asked for is kept: most are today. */
function isoDay(day: number): string {
  if (day !== knownDay) {
    const text = new Date(day * secondsOfDay * 1000).toISOString();
    knownDayText = text.slice(0, text.indexOf('T'));
    knownDay = day;
  }
  return knownDayText;
}

/** `2026-11-23T10:00:00.000Z`, the form of S3. */
export const isoMillis = (at: Timestamp): string => `${isoSeconds(at).slice(0, -1)}.${String(Math.floor(at % 1000)).padStart(3, '0')}Z`;

/** `20261123T100000Z`, the ISO-8601 basic form that signatures use. */
export function isoBasic(at: Timestamp): string {
  return isoSeconds(at).replaceAll(/[-:]/g, '');
}
