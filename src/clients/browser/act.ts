/**
 * What a person does in Horizon, by what they see there: a panel is opened, something is clicked in a row or above a table, a
 * form is filled in. Which requests come of it, pages and forms say; the browser knows no panel but its address.
 */
import type { Duration } from "../../kernel/index.js";

/** What a person writes into a field, or chooses by its text; several where several can be chosen. */
export type Entry = string | number | boolean | readonly string[];

export type Act =
  | { readonly kind: "sign in"; readonly username?: string; readonly password?: string }
  | { readonly kind: "sign out" }
  | { readonly kind: "open"; readonly path: string }
  | { readonly kind: "switch project"; readonly project: string }
  /** What is on the screen by now. */
  | { readonly kind: "look" }
  /** Until no row of the page is under way, or not this one. */
  | { readonly kind: "watch"; readonly row?: string; readonly within: Duration }
  | {
      readonly kind: "click";
      /** Of the page where it can be clicked. */
      readonly path: string;
      /** Where several tables are on the page: `keypairs`. */
      readonly table?: string;
      /** `Terminate Instance`, or one of several words that it may bear. */
      readonly action: readonly string[];
      /** The names of rows; none: above the table. */
      readonly rows: readonly string[];
      /** What is written into the form that opens, by the names of its fields. */
      readonly fields?: Readonly<Record<string, Entry>>;
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
    case "switch project":
      return `Projects: ${act.project}`;
    case "look":
      return "(look)";
    case "watch":
      return act.row === undefined ? "(watch)" : `(watch ${act.row})`;
    case "click": {
      const fields = Object.entries(act.fields ?? {});
      const entries = fields.map(([name, entry]) => `${name}=${String(entry)}`);
      return [act.action[0] ?? "", ...act.rows, ...entries].join(" ");
    }
    default:
      return act satisfies never;
  }
}
