/**
 * `nova.conf` as oslo.config reads it, from its text: comments only in column 0, indented lines go
 * on with the value above, one pair of quotes around a value is dropped, `=` or `:` whichever comes
 * first. Not ConfigParser, and no interpolation here (that is `template.ts`). Upstream:
 * oslo.config 1.4 `iniparser.py`; messaging §C2.
 */
import { ConfigFileParseError } from "./errors.js";
import { DEFAULT, formatName, normalGroup } from "./names.js";
import type { Given, Source } from "./source.js";

/** A value that is being read: it may go on in the next line. */
interface Pending {
  readonly name: string;
  readonly line: number;
  readonly lines: string[];
}

/**
 * The values in `text`, which is called `file` in messages.
 * @throws ConfigFileParseError at the first line that is none of ini
 */
export function parseIni(file: string, text: string): Source {
  const values = new Map<string, Given[]>();
  let group: string | undefined;
  let pending: Pending | undefined;
  const finish = (): void => {
    if (pending === undefined) return;
    const { name, line, lines } = pending;
    const given = { value: lines.join("\n"), origin: { label: file, line, column: 1 } };
    const before = values.get(name);
    if (before === undefined) values.set(name, [given]);
    else before.push(given);
    pending = undefined;
  };
  text.split("\n").forEach((raw, index) => {
    const line = index + 1;
    const content = raw.trimEnd();
    const wrong = (problem: string, column = 1): never => {
      throw new ConfigFileParseError(file, line, column, problem, content);
    };
    if (content === "") finish();
    else if (content.startsWith(" ") || content.startsWith("\t")) {
      const indent = content.length - content.trimStart().length;
      if (pending === undefined) wrong("Unexpected continuation line", indent + 1);
      else pending.lines.push(content.trimStart());
    } else {
      finish();
      if (content.startsWith("[")) {
        if (!content.endsWith("]")) wrong("Invalid section (must end with ])", content.length);
        if (content.length <= 2) wrong("Empty section name", 2);
        group = normalGroup(content.slice(1, -1));
      } else if (!content.startsWith("#") && !content.startsWith(";")) {
        const at = content.search(/[:=]/u);
        if (at < 0) wrong("No ':' or '=' found in assignment");
        const key = content.slice(0, at).trim();
        if (key === "") wrong("Key cannot be empty");
        if (group === undefined) wrong("Section must be started before assignment");
        const name = formatName({ group: group ?? DEFAULT, name: key });
        pending = { name, line, lines: [unquoted(content.slice(at + 1).trim())] };
      }
    }
  });
  finish();
  return values;
}

/** Only what the first line holds is unquoted, before later lines come to it. */
function unquoted(value: string): string {
  const mark = value[0];
  return (mark === '"' || mark === "'") && value.endsWith(mark) ? value.slice(1, -1) : value;
}
