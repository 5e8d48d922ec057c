/** Finds a name that stands twice in one object of a JSON text, which JSON.parse passes over. */

/** The first repeated name; undefined where there is none. The text must be JSON that JSON.parse accepts. */
export function repeatedName(json: string): string | undefined {
  // One set of names for each open object, undefined for each open array.
  const open: (Set<string> | undefined)[] = [];
  let isName = false;
  for (let i = 0; i < json.length; i++) {
    switch (json[i]) {
      case '{':
        open.push(new Set());
        isName = true;
        break;
      case '[':
        open.push(undefined);
        isName = false;
        break;
      case '}':
      case ']':
        open.pop();
        isName = false;
        break;
      case ',':
        isName = open.at(-1) !== undefined;
        break;
      case '"': {
        const end = endOfString(json, i);
        const names = open.at(-1);
        if (isName && names) {
          const name = JSON.parse(json.slice(i, end + 1)) as string;
          if (names.has(name)) return name;
          names.add(name);
          isName = false;
        }
        i = end;
        break;
      }
      default:
    }
  }
  return undefined;
}

function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
  return i;
}
