/**
 * Names and patterns of a shell: `*`, `?`, `[abc]`, `[!abc]`; upper and lower case differ, as on POSIX.
 * Upstream: the module fnmatch of CPython 2.7.
 */

/** `fnmatch.fnmatch(name, pattern)` for a pattern that many names are held against: it is translated once. */
export function fnmatcher(pattern: string): (name: string) => boolean {
  if (pattern === "*") return () => true;
  if (!/[*?[]/.test(pattern)) return (name) => name === pattern;
  const expression = new RegExp(`^${translated(pattern)}$`, "su");
  return (name) => expression.test(name);
}

function translated(pattern: string): string {
  const chars = Array.from(pattern);
  let source = "";
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? "";
    if (char === "*") source += ".*";
    else if (char === "?") source += ".";
    else if (char !== "[") source += literal(char);
    else {
      const end = endOfSet(chars, at);
      source += end === undefined ? "\\[" : setOf(chars.slice(at + 1, end));
      at = end ?? at;
    }
  }
  return source;
}

/** Where the set that begins at `at` ends; one that does not is a bracket and no set. */
function endOfSet(chars: readonly string[], at: number): number | undefined {
  let from = at + 1;
  if (chars[from] === "!") from += 1;
  if (chars[from] === "]") from += 1;
  const end = chars.indexOf("]", from);
  return end < 0 ? undefined : end;
}

function setOf(members: readonly string[]): string {
  const negated = members[0] === "!";
  const text = members
    .slice(negated ? 1 : 0)
    .map((char) => (/[\\\]^[]/.test(char) ? `\\${char}` : char))
    .join("");
  return `[${negated ? "^" : ""}${text}]`;
}

const literal = (char: string): string => char.replace(/[\\^$.|+()[\]{}/]/, "\\$&");
