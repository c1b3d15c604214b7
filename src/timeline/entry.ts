/**
 * The record of a run, entry by entry: format `novasim/timeline`, version 1. What the layers below
 * publish, and what scenarios add. Readers ignore kinds and fields that they do not know.
 */
import type { BusObservation } from "../bus/observations.js";
import type {
  FrameworkObservation,
  WatchedStates,
  WatchedTable,
} from "../framework/observations.js";
import type { HttpObservation } from "../http/observations.js";
import type { Detail, Micros, Observation } from "../kernel/index.js";

export type { WatchedStates, WatchedTable };

/** A scenario step begins. */
export interface Step extends Observation {
  readonly kind: "step";
  /** 0, 1, 2 ... in the order in which steps begin; views count from 1. */
  readonly index: number;
  /** What is done, as its author would type it; empty for a mere note. */
  readonly text: string;
  readonly note?: string;
  /** What a teacher asks before it is done, and what is to be said to it. */
  readonly question?: string;
  readonly answer?: string;
}

/** A command that a user typed, and what it printed. */
export interface ClientCommand extends Observation {
  readonly kind: "client";
  readonly user: string;
  readonly command: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
  /** Of what was done in a browser: what is on the screen then. */
  readonly screen?: Screen;
}

/**
 * A page in a browser, as whoever sits there sees it: plain words in their places, and nothing that could be run. Readers show
 * what they know of it, and take any of its fields for absent: recordings are older and newer than they are.
 */
export interface Screen {
  /** `http://controller/project/instances/`. */
  readonly url: string;
  /** What the site calls itself. */
  readonly site: string;
  readonly title: string;
  /** Who is signed in, for which project, and the projects that they may go over to. */
  readonly user?: {
    readonly name: string;
    readonly project: string;
    readonly projects: readonly string[];
  };
  readonly messages: readonly ScreenMessage[];
  /** Of the side bar, in their order. */
  readonly panels: readonly ScreenPanel[];
  readonly tabs: readonly { readonly name: string; readonly current?: true }[];
  readonly parts: readonly ScreenPart[];
  /** What lies over the page until it is closed. */
  readonly dialogue?: { readonly title: string; readonly parts: readonly ScreenPart[] };
  /** The form that was sent on the way here, as it had been filled in. */
  readonly sent?: ScreenForm;
}

export interface ScreenMessage {
  readonly level: "success" | "info" | "warning" | "error" | "danger";
  readonly text: string;
}

export interface ScreenPanel {
  /** `Project`. */
  readonly dashboard: string;
  /** `Compute`; empty: it stands in none. */
  readonly group: string;
  readonly name: string;
  /** The page belongs to it. */
  readonly current?: true;
}

export type ScreenPart = ScreenTable | ScreenForm | ScreenList | ScreenText;

/** What can be clicked. */
export interface ScreenAction {
  readonly text: string;
  readonly disabled?: true;
  /** It is red, so that nobody clicks it by mistake. */
  readonly danger?: true;
}

export interface ScreenTable {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly ScreenRow[];
  /** What stands there without rows. */
  readonly empty: string;
  readonly footer: string;
  readonly actions: readonly ScreenAction[];
  /** Columns, counted from none, in which a bar moves while the status of a row is `unknown`. */
  readonly statusColumns: readonly number[];
}

export interface ScreenRow {
  /** Lines of one cell have `\n` between them. */
  readonly cells: readonly string[];
  /** Its first cell leads somewhere. */
  readonly leads?: true;
  readonly status?: "up" | "down" | "unknown";
  readonly actions: readonly ScreenAction[];
}

export interface ScreenForm {
  readonly kind: "form";
  readonly title: string;
  readonly fields: readonly ScreenField[];
  /** Of the form as a whole. */
  readonly errors: readonly string[];
  readonly submit: string;
}

export interface ScreenField {
  readonly label: string;
  readonly kind: "text" | "secret" | "choice" | "several" | "check";
  readonly required?: true;
  readonly readonly?: true;
  /** What stands in it, in the words that are read there; nothing of a secret. */
  readonly value: string | boolean | readonly string[];
  readonly choices?: readonly string[];
  /** Of a form in several steps: the one that it stands in. */
  readonly step?: string;
  readonly errors: readonly string[];
}

export interface ScreenList {
  readonly kind: "list";
  readonly title: string;
  /** With `percent`, how much of something is used up is drawn beside it. */
  readonly items: readonly {
    readonly name: string;
    readonly value: string;
    readonly percent?: number;
  }[];
}

export interface ScreenText {
  readonly kind: "text";
  readonly title: string;
  readonly text: string;
}

/** An injected fault: declared, struck (with the entry that it struck), lifted. */
export interface Fault extends Observation {
  readonly kind: "fault";
  readonly event: "declared" | "struck" | "lifted";
  readonly fault: string;
  readonly entry?: number;
}

/** An expectation and what came of it. */
export interface Check extends Observation {
  readonly kind: "check";
  readonly what: string;
  readonly passed: boolean;
  readonly expected: unknown;
  readonly actual: unknown;
}

export type ScenarioObservation = Step | ClientCommand | Fault | Check;

export type AnyObservation =
  BusObservation | HttpObservation | FrameworkObservation | ScenarioObservation;

/** What the recorder adds to each observation. */
export interface Stamp {
  /** 0, 1, 2 ... in the order in which things happened. */
  readonly seq: number;
  readonly at: Micros;
  /** The `seq` of the entry that led to this one: a run is one causal forest. */
  readonly cause?: number;
  /** Only in recordings at detail `full`: an entry that a recording at `flow` does not have. */
  readonly quiet?: true;
}

/** One member for each kind, so that whoever asks for a kind knows the fields: `rpc.call` has a `method`. */
type OfKind<O extends Observation, K> = K extends string ? Stamp & O & { readonly kind: K } : never;
type Stamped<O> = O extends Observation ? OfKind<O, O["kind"]> : never;

/**
 * One line of a timeline, after the header. A discriminated union over `kind`, times in microseconds.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
 * const methods = cloud.timeline.entries
 *   .filter((entry) => entry.kind === "rpc.cast")
 *   .map((entry) => entry.method);
 * methods.includes("build_instances"); // → true
 * ```
 */
export type Entry = Stamped<AnyObservation>;

/**
 * What an entry can be: `rpc.call`, `db`, `client` ...
 *
 * @example
 * ```ts
 * import { type EntryKind } from "novasim";
 *
 * const kinds: readonly EntryKind[] = ["rpc.call", "rpc.cast", "rpc.fanout"];
 * kinds.length; // → 3
 * ```
 */
export type EntryKind = Entry["kind"];

/**
 * The entries of a kind: `EntryOf<"db">` has `table` and `changes`.
 *
 * @example
 * ```ts
 * import { Cloud, type EntryOf } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
 * const rows: EntryOf<"db">[] = cloud.timeline.entries.filter((entry) => entry.kind === "db");
 * rows.some(({ table }) => table === "instances"); // → true
 * ```
 */
export type EntryOf<K extends EntryKind> = Extract<Entry, { readonly kind: K }>;

/** Who takes part in a run. */
export interface Actor {
  /** `nova-api@controller`. */
  readonly name: string;
  /** `nova-api`. */
  readonly service: string;
  /** `nova`. */
  readonly project: string;
  readonly host: string;
  /** How many RPC requests it sees to at once, if it serves any. */
  readonly pool?: number;
}

/** Line 1. */
export interface Header {
  readonly timeline: 1;
  readonly novasim: string;
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  readonly epoch: string;
  readonly detail: Detail;
  readonly actors: readonly Actor[];
  /** In which columns states are, by project and table; older recordings do not say. */
  readonly states?: WatchedStates;
  /** Requests came in from outside of the simulation: entries of kind `arrival` have them. */
  readonly served?: true;
  /** The scenario as read, with every override, so that a timeline can be replayed from itself. */
  readonly source: unknown;
}

/** A run, read or still going on. Entries of kinds that are not in `Entry` may be among them. */
export interface Timeline {
  readonly header: Header;
  readonly entries: readonly Entry[];
}

/**
 * A payload part that was over 1 KB at detail `flow`: its size in bytes of JSON, a digest so that a
 * change still shows, and what a reader knows it by (how many items, a name, an id, a state).
 */
export interface Folded {
  readonly $folded: {
    readonly bytes: number;
    readonly digest: string;
    readonly items?: number;
    readonly shows?: Readonly<Record<string, unknown>>;
  };
}
