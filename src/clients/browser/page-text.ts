/**
 * A page of Horizon as lines of a terminal: its title, the messages, its tables with the columns that it has, its forms with
 * what is wrong in them. What can be clicked is not told.
 */
import {
  MESSAGE_WORDS,
  SITE_BRANDING,
  type FormPart,
  type Page,
  type PagePart,
  type PageTabs,
  type TablePart,
} from "../../services/horizon/client/index.js";
import { table } from "../openstack/table.js";
import { printable } from "../shell/char-width.js";

export function pageText({ title, messages, parts, tabs }: Page): string {
  const head = [title === "" ? SITE_BRANDING : `${title} - ${SITE_BRANDING}`];
  const said = messages.map(([tag, text]) => `${MESSAGE_WORDS[tag]}: ${text}`);
  const lines = [...head, ...said].map((line) => line.split("\n").map(printable).join("\n"));
  const bar = tabs === undefined || tabs.list.length < 2 ? [] : [tabBar(tabs)];
  const shown = parts.filter(({ tab }) => tab === undefined || tab === tabs?.active);
  return [`${lines.join("\n")}\n`, ...bar, ...shown.map(partText)].join("\n");
}

/** `[ Security Groups ]  Key Pairs`. */
function tabBar({ active, list }: PageTabs): string {
  const names = list.map(({ id, name }) => (id === active ? `[ ${name} ]` : name));
  return `${names.map(printable).join("  ")}\n`;
}

function partText(part: PagePart): string {
  switch (part.kind) {
    case "table":
      return tableText(part);
    case "form":
      return formText(part);
    case "list":
      return `${part.title}\n${table(
        ["Name", "Value"],
        part.items.map(([name, value]) => [name, value]),
      )}`;
    case "text":
      return [part.title, ...part.text.split("\n")]
        .filter((line, index) => index > 0 || line !== "")
        .map((line) => `${printable(line)}\n`)
        .join("");
    default:
      return part satisfies never;
  }
}

function tableText({ title, columns, rows, empty, footer }: TablePart): string {
  const cells = rows.map((row) => row.cells);
  const shown = rows.length > 0 ? cells : [[empty, ...columns.slice(1).map(() => "")]];
  return `${title}\n${table(columns, shown)}${footer}\n`;
}

function formText({ title, fields, errors, submit }: FormPart): string {
  const shown = fields.filter((field) => field.hidden !== true || field.errors !== undefined);
  const lines = shown.flatMap(({ label, name, required, initial, errors: wrong = [] }) => [
    `  ${label === "" ? name : label}${required ? "*" : ""}: ${[initial].flat().join(", ")}`,
    ...wrong.map((text) => `    ! ${text}`),
  ]);
  const all = [title, ...errors.map((text) => `  ! ${text}`), ...lines, `  [ ${submit} ]`];
  return all.map((line) => `${line.split("\n").map(printable).join("\n")}\n`).join("");
}

/** Whether something went wrong that the person can read there. */
export const showsError = ({ messages, parts }: Page): boolean =>
  messages.some(([tag]) => tag === "error" || tag === "danger") ||
  parts.some(
    (part) =>
      part.kind === "form" &&
      (part.errors.length > 0 || part.fields.some(({ errors = [] }) => errors.length > 0)),
  );
