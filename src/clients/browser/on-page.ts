/** Where on a page is what a person means: a row by what it is called, a button by its words, a form, a tab. */
import type {
  FormPart,
  Page,
  PageAction,
  PageRow,
  PageTab,
  TablePart,
} from "../../services/horizon/client/index.js";
import { didYouMean } from "../../text/nearest.js";
import { NotOnPage } from "./form.js";

export const formOf = ({ parts }: Page): FormPart | undefined =>
  parts.find((part): part is FormPart => part.kind === "form");

export const tablesOf = ({ parts }: Page, name?: string): TablePart[] =>
  parts.filter(
    (part): part is TablePart =>
      part.kind === "table" && (name === undefined || part.name === name),
  );

/** By its name, its id, or what stands in one of its cells. @throws NotOnPage */
export function rowNamed(page: Page, name: string, path: string, table?: string): PageRow {
  const rows = tablesOf(page, table).flatMap((one) => one.rows);
  const row =
    rows.find((one) => one.name === name) ??
    rows.find((one) => one.id === name) ??
    rows.find(({ cells }) => cells.some((cell) => cell.split("\n").includes(name)));
  if (row !== undefined) return row;
  const names = rows.map((one) => one.name);
  const there = names.length === 0 ? "It has no rows." : `It has ${names.join(", ")}.`;
  throw new NotOnPage(`there is no row "${name}" at ${path}. ${didYouMean(name, names) ?? there}`);
}

/** A button of one row, or, for none or several, one above a table. @throws NotOnPage */
export function actionOf(
  page: Page,
  {
    action,
    table,
    path,
  }: {
    readonly action: readonly string[];
    readonly table?: string;
    readonly path: string;
  },
  rows: readonly PageRow[],
): PageAction {
  const [row] = rows;
  const offered =
    row === undefined || rows.length > 1
      ? tablesOf(page, table).flatMap((one) => one.actions)
      : row.actions;
  const plural = action.flatMap((text) => [text, `${text}s`]);
  const found = offered.find(({ text }) =>
    plural.includes(text.replace(/ \(Quota exceeded\)$/u, "")),
  );
  const where = row === undefined ? path : row.name;
  if (found === undefined) {
    const texts = offered.length === 0 ? "nothing" : offered.map(({ text }) => text).join(", ");
    throw new NotOnPage(`"${action[0] ?? ""}" is not offered for ${where}: there is ${texts}`);
  }
  if (found.disabled === true) throw new NotOnPage(`"${found.text}" cannot be clicked`);
  return found;
}

/** @throws NotOnPage */
export function tabNamed({ tabs }: Page, name: string, path: string): PageTab {
  const list = tabs?.list ?? [];
  const found = list.find((tab) => tab.name === name);
  if (found !== undefined) return found;
  const names = list.map((tab) => tab.name);
  const there = names.length === 0 ? "It has none." : `It has ${names.join(", ")}.`;
  throw new NotOnPage(`there is no tab "${name}" at ${path}. ${didYouMean(name, names) ?? there}`);
}
