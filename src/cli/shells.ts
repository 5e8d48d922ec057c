/** The languages that `gatehouse env` writes: how each sets and unsets a variable. */

interface Shell {
  readonly set: (name: string, value: string) => string;
  readonly unset: (name: string) => string;
  /** How a person has the output take effect. */
  readonly use: (program: string) => string;
}

const shells = {
  sh: {
    set: (name, value) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`,
    unset: (name) => `unset ${name}`,
    use: (program) => `eval "$(${program} env)"`,
  },
  fish: {
    // In fish's single quotes only \\ and \' are escapes. Source: "The fish language: Quotes".
    set: (name, value) => `set -gx ${name} '${value.replaceAll(/[\\']/g, String.raw`\$&`)}'`,
    unset: (name) => `set -e ${name}`,
    use: (program) => `${program} env --shell fish | source`,
  },
  powershell: {
    // In PowerShell's single quotes only a quote is special, and is doubled; the typographic quotes count as quotes. Source: "about_Quoting_Rules".
    set: (name, value) => `$Env:${name} = '${value.replaceAll(/['\u2018-\u201B]/g, '$&$&')}'`,
    unset: (name) => `Remove-Item -ErrorAction SilentlyContinue Env:${name}`,
    use: (program) => `${program} env --shell powershell | Out-String | Invoke-Expression`,
  },
} as const satisfies Record<string, Shell>;

export type ShellName = keyof typeof shells;

// Object.keys is typed for any object; this one's keys are the names.
export const shellNames = Object.keys(shells) as readonly ShellName[];

/** The text that sets what has a value and unsets what has none, with a last line that says how to use it. */
export function assignments(shell: ShellName, variables: Readonly<Record<string, string | undefined>>, program: string): string {
  const { set, unset, use }: Shell = shells[shell];
  const lines = Object.entries(variables).map(([name, value]) => (value === undefined ? unset(name) : set(name, value)));
  return `${lines.join('\n')}\n# To use this: ${use(program)}\n`;
}
