/** What is said where the player has come to: the row, and after a jump what has changed meanwhile. */
import { wordsOf } from "../at/entry-words.js";
import type { Chapter } from "../model/chapters.js";
import { stateAt } from "../model/things.js";
import { clip, count } from "../words.js";
import { chapterLines, placeOf, rowLine, type LineFrame } from "./lines.js";
import type { Player } from "./player.js";

const MOST_CHANGES = 6;

/** @param before the entry that one comes from */
export function arrived(player: Player, before: number, frame: LineFrame): string[] {
  const { rows, here, seq } = player;
  const gap = rows[here - 1];
  const passes = gap?.kind === "gap" && gap.seq > before && gap.seq <= seq;
  const chapter = chapterHere(player);
  const answered = chapter?.seq === seq && chapter.answer !== "";
  return [
    ...changes(player, before, frame),
    ...(passes ? [rowLine(gap, frame)] : []),
    ...hereLines(player, frame),
    ...(answered ? [frame.paint.dim("   `answer` tells it.")] : []),
  ];
}

/** The row that the cursor is on, whole; where it is on none, its entry. */
export function hereLines(player: Player, frame: LineFrame): string[] {
  const { model, rows, here, seq } = player;
  const row = rows[here];
  if (row?.seq === seq) {
    return row.kind === "chapter"
      ? [rowLine(row, frame), ...chapterLines(row.chapter, frame)]
      : [rowLine(row, frame)];
  }
  const entry = model.entries[seq];
  if (entry === undefined) return ["This recording has no entries."];
  const place = placeOf(seq, entry.at, frame.width);
  return [frame.paint.dim(place) + clip(wordsOf(entry, model), frame.width - place.length)];
}

export function chapterHere({ model, seq }: Player): Chapter | undefined {
  return model.chapters.all[model.chapters.indexOf(seq)];
}

/** `12 of 301 rows match server:t3`. */
export function rowsWord(player: Player): string {
  const { rows, rowsInAll, filter, following, level } = player;
  const words = [filter, following].filter((text) => text !== "").join(" ");
  if (words === "") return `${count(rows.length, "row")} at level ${level}`;
  const matching = rows.filter(({ kind }) => kind !== "chapter").length;
  if (matching === 0) return `No row matches ${words}. \`filter\` and \`unfollow\` show all again.`;
  return `${String(matching)} of ${count(rowsInAll, "row")} match ${words}`;
}

/** States that are others than before, if more than a row lies between. */
function changes(
  { model, rows, seq }: Player,
  before: number,
  { paint, width }: LineFrame,
): string[] {
  const between = rows.filter((row) => row.seq > before && row.seq < seq && row.kind !== "gap");
  if (seq < before || between.length === 0) return [];
  const changed = model.things.all.flatMap((thing) => {
    const was = stateAt(thing, before)?.state;
    const now = stateAt(thing, seq)?.state;
    const last = stateAt(thing, seq)?.seq;
    if (was === now || last === seq) return [];
    return [`${thing.thing} ${thing.name} is now ${now ?? "gone"}`];
  });
  const shown = changed.slice(0, MOST_CHANGES);
  const more = changed.length - shown.length;
  const lines = more > 0 ? [...shown, `${String(more)} more have changed`] : shown;
  return lines.map((line) => paint.dim(clip(`   ${line}`, width)));
}
