/** What stands in the middle of a page: tables with what can be done with their rows, names with their values, text. */
import type {
  ScreenAction,
  ScreenList,
  ScreenPart,
  ScreenRow,
  ScreenTable,
} from "../../timeline/index.js";
import { el, picture, word } from "../dom.js";
import { drawForm } from "./form.js";

const MOST_ROWS = 100;
const ACTIONS = "Actions";

/** @param title of the page, which a part that is called the same does not say again */
export function drawPart(part: ScreenPart, title: string): HTMLElement {
  switch (part.kind) {
    case "table":
      return table(part);
    case "form":
      return el("div", { class: "scr-form-alone" }, drawForm(part, ""));
    case "list":
      return listed(part, title);
    case "text":
      return el(
        "div",
        {},
        part.title === title ? undefined : heading(part.title),
        el("pre", { class: "scr-text", tabindex: 0, "aria-label": part.title }, part.text),
      );
    default:
      return part satisfies never;
  }
}

const heading = (words: string): HTMLElement | undefined =>
  words === "" ? undefined : el("p", { class: "scr-heading" }, word(words));

function table(part: ScreenTable): HTMLElement {
  const { caption, columns, rows, empty, footer } = part;
  const acts = rows.some(({ actions }) => actions.length > 0);
  const heads = acts ? [...columns, ACTIONS] : columns;
  const head = el("tr", { role: "row" }, ...heads.map(headOf));
  const shown = rows.slice(0, MOST_ROWS).map((row) => rowOf(part, row, acts));
  const more = rows.length - shown.length;
  const none = el(
    "tr",
    { role: "row" },
    el("td", { colspan: heads.length, role: "cell", class: "scr-none" }, word(empty)),
  );
  const body = el("tbody", { role: "rowgroup" }, ...(rows.length === 0 ? [none] : shown));
  const foot = more > 0 ? `${footer}, the first ${String(MOST_ROWS)} of them here` : footer;
  return el(
    "div",
    { class: "scr-table", role: "group", tabindex: 0, "aria-label": caption },
    el(
      "div",
      { class: "scr-caption" },
      el("b", {}, word(caption)),
      el("span", { class: "scr-buttons" }, ...part.actions.map(clickable)),
    ),
    el(
      "table",
      { role: "table", "aria-label": caption },
      el("thead", { role: "rowgroup" }, head),
      body,
    ),
    foot === "" ? undefined : el("p", { class: "scr-foot" }, word(foot)),
  );
}

const headOf = (name: string): HTMLElement =>
  el("th", { scope: "col", role: "columnheader" }, word(name));

/** Its parts have their roles in words, since a narrow place lays them out as anything but a table. */
function rowOf({ columns, statusColumns }: ScreenTable, row: ScreenRow, acts: boolean) {
  const kind = row.status === undefined ? undefined : `scr-is-${row.status}`;
  const line = el("tr", { role: "row", class: kind });
  columns.forEach((name, index) => {
    const lines = (row.cells[index] ?? "").split("\n");
    const link = index === 0 && row.leads === true;
    const cell = el("td", { role: "cell", class: link ? "scr-link" : undefined });
    cell.dataset["name"] = name;
    for (const text of lines) cell.append(el("span", { class: "scr-line" }, word(text)));
    if (row.status === "unknown" && statusColumns.includes(index)) cell.append(moving());
    line.append(cell);
  });
  if (acts) line.append(el("td", { role: "cell", class: "scr-acts" }, actionsOf(row.actions)));
  return line;
}

/** The row is asked for again and again until it is settled. */
const moving = (): HTMLElement =>
  el("span", { class: "scr-moving", role: "img", "aria-label": "under way" });

/** The first is a button, the rest are in the menu beside it. */
function actionsOf([first, ...rest]: readonly ScreenAction[]): HTMLElement | undefined {
  if (first === undefined || rest.length === 0) return first && clickable(first);
  const item = (action: ScreenAction): HTMLElement =>
    el("li", { class: action.danger === true ? "bad" : undefined }, word(action.text));
  return el(
    "details",
    { class: "scr-menu" },
    el("summary", {}, clickable(first), el("span", { class: "scr-button" }, "▾")),
    el("ul", {}, ...rest.map(item)),
  );
}

export function clickable({ text, disabled, danger }: ScreenAction): HTMLElement {
  const kind = disabled === true ? " scr-off" : danger === true ? " scr-danger" : "";
  return el("span", { class: `scr-button${kind}` }, word(text));
}

function listed({ title, items }: ScreenList, page: string): HTMLElement {
  const drawn = items.some(({ percent }) => percent !== undefined);
  const list = el("dl", { class: drawn ? "scr-pies" : "scr-list" });
  for (const { name, value, percent } of items) {
    const term = el("dt", {}, word(name));
    const words = el("dd", {}, ...value.split("\n").map((one) => el("span", {}, word(one))));
    if (drawn) list.append(el("div", {}, term, words, pie(percent ?? 0)));
    else list.append(term, words);
  }
  return el("div", {}, title === page ? undefined : heading(title), list);
}

const AROUND = 100;

function pie(percent: number): SVGSVGElement {
  const share = Math.max(0, Math.min(AROUND, Math.round(percent)));
  const circle = (kind: string, length: number): string =>
    `<circle class="${kind}" cx="20" cy="20" r="15.9" pathLength="${String(AROUND)}" stroke-dasharray="${String(length)} ${String(AROUND)}" transform="rotate(-90 20 20)"/>`;
  const used = share === 0 ? "" : circle("scr-used", share);
  return picture(`${circle("scr-left", AROUND)}${used}`, 64, 64, "0 0 40 40");
}
