/**
 * One of two recordings that are compared, read entry by entry: how its entries hang together, and what each says
 * in words. Payloads are in the words and nowhere else, and what both recordings say is held once: a recording of
 * a hundred megabytes is a fifth of what it is in memory as a whole.
 */
import { Messages, type Entry, type Header } from "../../timeline/index.js";
import { Causes } from "../model/causes.js";
import { Chapters } from "../model/chapters.js";
import { Scopes } from "../model/scopes.js";
import type { Recording } from "../view.js";
import { plainText } from "./plain.js";
import { signatureOf } from "./signature.js";

/** What a comparison asks of a recording; a `Model` knows all of it, and more. */
export interface Told {
  readonly header: Header;
  readonly entries: readonly Entry[];
  readonly messages: Messages;
  readonly causes: Causes;
  readonly scopes: Scopes;
  readonly chapters: Chapters;
}

/** What makes an entry the same deed as another (see `signature.ts`), and all that it says. */
export interface Words {
  readonly key: string;
  readonly loose: string;
  readonly text: string;
}

export const wordsOfEntry = (entry: Entry): Words => ({
  ...signatureOf(entry),
  text: plainText(entry),
});

/** Each text once, however often it comes. */
class Texts {
  readonly #known = new Map<string, string>();

  once(text: string): string {
    const known = this.#known.get(text);
    if (known === undefined) this.#known.set(text, text);
    return known ?? text;
  }
}

export class Outline implements Told {
  readonly header: Header;
  readonly messages = new Messages();
  readonly causes = new Causes();
  readonly scopes = new Scopes();
  readonly chapters = new Chapters();
  readonly entries: Entry[] = [];
  /** By `seq`. */
  readonly words: Words[] = [];

  constructor(header: Header) {
    this.header = header;
  }

  static ofBoth(a: Recording, b: Recording): readonly [Outline, Outline] {
    const texts = new Texts();
    const read = ({ header, entries }: Recording): Outline => {
      const outline = new Outline(header);
      for (const entry of entries) outline.#add(entry, texts);
      return outline;
    };
    return [read(a), read(b)];
  }

  #add(entry: Entry, texts: Texts): void {
    const { key, loose, text } = wordsOfEntry(entry);
    this.words.push({ key: texts.once(key), loose: texts.once(loose), text: texts.once(text) });
    const bare = withoutPayload(entry);
    this.entries.push(bare);
    this.messages.add(bare);
    this.causes.add(bare);
    this.scopes.add(bare);
    this.chapters.add(bare);
  }
}

/** `entry` as far as its line in a list of differences goes. */
function withoutPayload(entry: Entry): Entry {
  switch (entry.kind) {
    case "rest.request":
    case "rest.response":
      return { ...entry, headers: {}, body: null };
    case "rpc.call":
    case "rpc.cast":
    case "rpc.fanout":
      return { ...entry, args: null };
    case "rpc.reply":
      return { ...entry, result: null };
    case "notification":
      return { ...entry, payload: null };
    default:
      return entry;
  }
}
