/** A row as one sentence: what a screen reader says of it, and what the scrubber shows when it is dragged. */
import type { Model } from "../views/model/model.js";
import { took } from "../views/sequence/labels.js";
import type { SequenceRow } from "../views/sequence/row.js";
import { clock, safe } from "../views/words.js";

export function sentence(row: SequenceRow, model: Model): string {
  const place = `Entry ${String(row.seq)}, ${clock(row.at)} seconds`;
  switch (row.kind) {
    case "chapter": {
      const { number, text, question, note } = row.chapter;
      const said = [text, question, note].filter((words) => words !== "").map(safe);
      return `${place}, chapter ${String(number)}: ${said.join(" ")}`;
    }
    case "gap":
      return `${took(row.passes)} pass`;
    case "arrow": {
      const nameOf = (name: string): string => safe(model.actors.of(name).service);
      const whom = row.to.length === 0 ? "nobody" : row.to.map(nameOf).join(" and ");
      const words = row.label.map(({ text }) => text).join("");
      const times = row.times === 1 ? "" : `, ${String(row.times)} times`;
      return `${place}, ${nameOf(row.from)} to ${whom}: ${words}${times}`;
    }
    case "mark": {
      const words = row.label.map(({ text }) => text).join("");
      const who = row.actor === undefined ? "" : ` at ${safe(model.actors.of(row.actor).service)}`;
      return `${place}${who}: ${words}`;
    }
    default:
      return row satisfies never;
  }
}
