/** How long a policy is, as AWS counts: without white space. Source: "IAM and AWS STS quotas" (IAM User Guide). */

/** Characters of the text that are not white space between JSON's tokens; what stands in strings counts in full. */
export function policySize(text: string): number {
  let size = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isSpace = code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
    if (isInString || !isSpace) size++;
    if (code === 0x5c && isInString) {
      i++;
      size++;
    } else if (code === 0x22) isInString = !isInString;
  }
  return size;
}
