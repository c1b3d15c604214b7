/** The words of one row, each placed where the picture has its line or its sign. */
import { took } from "../../views/sequence/labels.js";
import type { Label } from "../../views/sequence/row.js";
import { arrowLabel, labelPlace, whoToWhom } from "../../views/svg/labels.js";
import { fitted } from "../../views/svg/measure.js";
import type { PlacedRow } from "../../views/svg/place.js";
import { el, word } from "../dom.js";
import { answerOf } from "../answer.js";
import type { Placing } from "./placing.js";

/** @param cell where they go */
export function rowWords(
  { row, line, y, title, question, note }: PlacedRow,
  { layout, narrow, timed, named, nobody }: Placing,
  cell: HTMLElement,
): void {
  switch (row.kind) {
    case "chapter":
      cell.append(
        el("span", { class: "number" }, String(row.chapter.number)),
        ...title.map((words) => el("div", { class: "command" }, word(words))),
        ...question.map((words) => el("div", { class: "question" }, word(words))),
        ...note.map((words) => el("div", { class: "note" }, word(words))),
      );
      if (question.length > 0) cell.append(...answerOf(row.chapter));
      return;
    case "gap":
      cell.append(el("span", { class: "passes" }, `${took(row.passes)} pass`));
      return;
    case "arrow": {
      if (narrow && !timed && layout.beside !== undefined) {
        const room = layout.width - layout.beside - 8;
        cell.append(
          labelAt(layout.beside, 4, fitted(whoToWhom(row, layout), room, 12)),
          labelAt(layout.beside, 20, fitted(row.label, room, 12)),
        );
        return;
      }
      // On a telephone there is room for what is said; who says it, the line shows.
      const label = arrowLabel(row, layout, named);
      if (label !== undefined) cell.append(labelAt(label.x, 1, label.label));
      return;
    }
    case "mark": {
      const x = (row.actor === undefined ? undefined : layout.x(row.actor)) ?? nobody;
      const label = labelPlace(row.label, x + 13, x - 13, layout);
      cell.append(labelAt(label.x, line - y - 8, label.label));
      return;
    }
    default:
      row satisfies never;
  }
}

function labelAt(x: number, top: number, label: Label): HTMLElement {
  const made = el("span", { class: "label" }, ...label.map(({ text, tone }) => word(text, tone)));
  made.style.left = `${String(x)}px`;
  made.style.top = `${String(top)}px`;
  return made;
}
