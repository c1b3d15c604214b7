/**
 * What a person does in Horizon, by what they see there: a panel is opened, something is clicked in a row or above a table, a
 * form is filled in. Which requests come of it, pages and forms say; the browser knows no panel but its address.
 */
import type { Duration } from "../../kernel/index.js";

/** A row whose page is opened first: by the link of its name, or by a link among its actions. */
export interface Through {
  readonly table?: string;
  readonly row: string;
  /** Default: the name itself is clicked. */
  readonly action?: readonly string[];
}

/** What a person writes into a field, or chooses by its text; several where several can be chosen. */
export type Entry = string | number | boolean | readonly string[];

export type Act =
  | { readonly kind: "sign in"; readonly username?: string; readonly password?: string }
  | { readonly kind: "sign out" }
  | { readonly kind: "open"; readonly path: string }
  | { readonly kind: "switch project"; readonly project: string }
  /** The page of a row is opened. */
  | { readonly kind: "follow"; readonly path: string; readonly through: Through }
  /** A tab is clicked: of the page at `path`, or of the page of a row there. */
  | {
      readonly kind: "tab";
      readonly path: string;
      readonly through?: Through;
      readonly tab: string;
    }
  /** What is on the screen by now. */
  | { readonly kind: "look" }
  /** Until no row of the page is under way, or not this one. */
  | { readonly kind: "watch"; readonly row?: string; readonly within: Duration }
  | {
      readonly kind: "click";
      /** Of the page where it can be clicked. */
      readonly path: string;
      /** If it is on the page of a row there. */
      readonly through?: Through;
      /** Where several tables are on the page: `keypairs`. */
      readonly table?: string;
      /** `Terminate Instance`, or one of several words that it may bear. */
      readonly action: readonly string[];
      /** The names of rows; none: above the table. */
      readonly rows: readonly string[];
      /** What is written into the form that opens, by the names of its fields. */
      readonly fields?: Readonly<Record<string, Entry>>;
      /** And into the one that comes in its place, if one does. */
      readonly then?: Readonly<Record<string, Entry>>;
    };

/** How a person would tell of it, in one line. */
export function actText(act: Act): string {
  switch (act.kind) {
    case "sign in":
      return act.username === undefined ? "Sign In" : `Sign In as ${act.username}`;
    case "sign out":
      return "Sign Out";
    case "open":
      return act.path;
    case "follow":
      return `${act.path} ${throughText(act.through)}`;
    case "tab":
      return [act.path, throughText(act.through), act.tab].filter((text) => text !== "").join(" ");
    case "switch project":
      return `Projects: ${act.project}`;
    case "look":
      return "(look)";
    case "watch":
      return act.row === undefined ? "(watch)" : `(watch ${act.row})`;
    case "click": {
      const fields = Object.entries({ ...act.fields, ...act.then });
      const entries = fields.map(([name, entry]) => `${name}=${written(name, entry)}`);
      const before = act.through === undefined ? [] : [`${throughText(act.through)}:`];
      return [...before, act.action[0] ?? "", ...act.rows, ...entries].join(" ");
    }
    default:
      return act satisfies never;
  }
}

/** Of several lines the first; of a password nothing. */
function written(name: string, entry: Entry): string {
  if (name === "password") return "...";
  const [first = "", ...more] = String(entry).split("\n");
  return more.length === 0 ? first : `${first} ...`;
}

function throughText(through: Through | undefined): string {
  if (through === undefined) return "";
  const { row, action = [] } = through;
  return [...action.slice(0, 1), row].join(" ");
}
