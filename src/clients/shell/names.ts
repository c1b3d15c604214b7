/**
 * A convenience that no real client has: the ids of a simulated cloud come from its seed, so a person
 * who writes a scenario cannot know them. Names are exchanged for ids before the client sees its
 * arguments, in two places: after `net-id=`, and in `{{server t3}}` anywhere in a line.
 */
import { Exception, isUuid } from "../../python/index.js";

/** The id of the `kind` (`network`, `image`, `server`, `flavor`, `port` ...) named so, if any. */
export type NameResolver = (kind: string, name: string) => string | undefined;

/** A line asks for the id of something that is not there. */
export class UnknownName extends Exception {
  override readonly name: string = "UnknownName";
}

/** Blanks are parted from names below: a pattern for them would take long over many of them. */
const REFERENCE = /\{\{([^{}]*)\}\}/g;
const KIND_AND_NAME = /^([\w-]+)\s(.*)$/s;
/** The slip that looks like a reference and would be taken as text. */
const KIND_COLON_NAME = /^([\w-]+)[:=](.*)$/s;
/** What needs no quotes in a shell. */
const PLAIN = /^[\w.:/{}\u{f0020}-]+$/u;

/** `line` with the id in place of each `{{kind name}}`, as one word. @throws UnknownName */
export const fillReferences = (line: string, resolve: NameResolver): string =>
  referred(line, (kind, name) => {
    const id = resolve(kind, name);
    return id === undefined ? undefined : asWord(id);
  });

/** `text`, which no shell reads, with the id in place of each `{{kind name}}`. @throws UnknownName */
export function referred(text: string, resolve: NameResolver): string {
  return text.replace(REFERENCE, (reference: string, inside: string) => {
    const [, kind, rest = ""] = KIND_AND_NAME.exec(inside.trim()) ?? [];
    if (kind === undefined) return notMisspelt(reference, inside);
    const name = rest.trim();
    const id = resolve(kind, name);
    if (id === undefined)
      throw new UnknownName(`${reference}: there is no ${kind} named "${name}"`);
    return id;
  });
}

/** @throws UnknownName for `{{image:cirros}}` */
function notMisspelt(reference: string, inside: string): string {
  const [, kind, name = ""] = KIND_COLON_NAME.exec(inside.trim()) ?? [];
  if (kind === undefined) return reference;
  const right = `{{${kind} ${name.trim()}}}`;
  throw new UnknownName(`${reference}: a kind and a name have a blank between them: ${right}`);
}

/** `text` as a shell reads it as one word. */
export const asWord = (text: string): string =>
  PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** A space that no person types, so that a reference stays one word where its id is not known. */
const HELD_SPACE = "\u{f0020}";

/** `line` with its references as they are, but in one piece: for a reading without a cloud. @throws UnknownName */
export const holdReferences = (line: string): string =>
  line.replace(REFERENCE, (reference, inside: string) =>
    notMisspelt(reference, inside)
      .replace(/^\{\{\s+|\s+\}\}$/g, (edge) => edge.trim())
      .replace(/\s/g, HELD_SPACE),
  );

/** A word as it was typed, after `holdReferences`. */
export const freeReferences = (word: string): string => word.replaceAll(HELD_SPACE, " ");

/** `words` with ids in place of the names of networks, ports and volumes that take only ids. */
export function fillIds(words: readonly string[], resolve: NameResolver): string[] {
  return words.map((word, i) => {
    const option = word.startsWith("--") ? word : (words[i - 1] ?? "");
    return /^--ni(?:c|$)/.test(option) ? nicIds(word, resolve) : word;
  });
}

/** `net-id=private,v4-fixed-ip=10.0.0.5` or `--nic=net-id=private`. */
const nicIds = (word: string, resolve: NameResolver): string =>
  word.replace(
    /((?:^|[,=])(net|port)-id=)([^,]+)/g,
    (all, key: string, kind: string, name: string) =>
      isUuid(name) ? all : key + (resolve(kind === "net" ? "network" : "port", name) ?? name),
  );
