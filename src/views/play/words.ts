/** The words of `novasim play` and the keys that stand for them: those of the page, where it has them. */

export interface Word {
  /** As it is typed: a word, and for some what is meant by it. */
  readonly form: string;
  /** The keys that do the same, as they are told to people. */
  readonly keys: string;
  readonly about: string;
}

export const WORDS: readonly Word[] = [
  { form: "next", keys: "→ ↓ j", about: "the next row; an empty line does the same" },
  { form: "back", keys: "← ↑ k", about: "the row before; after next, where one was" },
  { form: "next entry | back entry", keys: ". ,", about: "by entry, whatever is shown" },
  { form: "next chapter | back chapter", keys: "] [", about: "by step of the scenario" },
  { form: "next problem | back problem", keys: "n p", about: "what was lost, refused or late" },
  { form: "first | last", keys: "Home End", about: "the first row, the last row" },
  {
    form: "to 42 | to 12.5s | to TEXT",
    keys: "",
    about: "an entry, a time, the next that says so",
  },
  { form: "to chapter 3", keys: "", about: "a step of the scenario" },
  { form: "cause | led", keys: "u d", about: "what led here, the first that this led to" },
  { form: "undo", keys: "Backspace", about: "where one was before the last move" },
  { form: "entry [42]", keys: "i", about: "all of an entry: its ends, causes, payload" },
  { form: "now", keys: "i", about: "whatever has a state, and what is under way" },
  { form: "servers, ports, volumes ...", keys: "", about: "what has a state, at the cursor" },
  { form: "queues, messages, rows ...", keys: "i", about: "what waits, is under way, is stored" },
  { form: "NAME", keys: "", about: "one thing, table or queue by its name: t3, nova.instances" },
  { form: "follow [server] | unfollow", keys: "f F", about: "only what belongs to this request" },
  { form: "filter WORDS", keys: "/", about: "only rows that match: server:t3 kind:cast -get" },
  { form: "level [outline|messages|entries]", keys: "o", about: "how much is a row" },
  { form: "answer", keys: "a", about: "what is to be said to the question of this step" },
  { form: "help", keys: "?", about: "this" },
  { form: "quit", keys: "q", about: "the end" },
];

/** What a single key says. */
export const KEYS: ReadonlyMap<string, string> = new Map([
  ["j", "next"],
  ["k", "back"],
  [".", "next entry"],
  [",", "back entry"],
  ["]", "next chapter"],
  ["[", "back chapter"],
  ["n", "next problem"],
  ["p", "back problem"],
  ["u", "cause"],
  ["d", "led"],
  ["f", "follow"],
  ["F", "follow server"],
  ["o", "level"],
  ["a", "answer"],
  ["i", "entry"],
  ["?", "help"],
  ["q", "quit"],
]);

/** Keys that have a name. */
export const NAMED_KEYS: ReadonlyMap<string, string> = new Map([
  ["right", "next"],
  ["down", "next"],
  ["left", "back"],
  ["up", "back"],
  ["home", "first"],
  ["end", "last"],
  ["backspace", "undo"],
]);

/** What the lower half of a screen shows in turn. */
export const PANES = ["entry", "now", "queues", "messages"] as const;
