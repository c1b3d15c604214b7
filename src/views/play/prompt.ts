/** One line typed at the prompt of `novasim play`: what it does to the player, and what is said to it. */
import { nearest } from "../../text/nearest.js";
import { ask, askable, overview } from "../at/instant.js";
import { instantOf, seqAt, seqOfText, timeOf } from "../at/place.js";
import { tableLines } from "../at/table.js";
import { LEVELS } from "../sequence/row.js";
import { clip, safe } from "../words.js";
import { arrived, chapterHere, rowsWord } from "./arrived.js";
import { entryLines } from "./details.js";
import { answerLines, type LineFrame } from "./lines.js";
import type { Player } from "./player.js";
import { UNITS, type Unit } from "../sequence/steps.js";
import { KEYS, WORDS } from "./words.js";

export interface Said {
  readonly lines: readonly string[];
  /** What was typed makes no sense, or cannot be done. */
  readonly bad?: true;
  readonly end?: true;
}

type Act = (player: Player, rest: string, frame: LineFrame) => Said;

const ACTS: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["next", (player, rest, frame) => step(player, rest, frame, 1)],
  ["back", (player, rest, frame) => step(player, rest, frame, -1)],
  ["first", (player, _rest, frame) => moved(player, frame, () => player.goTo(player.rows[0]?.seq))],
  [
    "last",
    (player, _rest, frame) => moved(player, frame, () => player.goTo(player.rows.at(-1)?.seq)),
  ],
  ["to", to],
  [
    "cause",
    (player, _rest, frame) =>
      moved(
        player,
        frame,
        () => player.goTo(player.model.causes.of(player.seq)),
        "Nothing that was recorded led to it.",
      ),
  ],
  [
    "led",
    (player, _rest, frame) =>
      moved(
        player,
        frame,
        () => player.goTo(player.model.causes.consequences(player.seq)[0]),
        "It led to nothing.",
      ),
  ],
  [
    "undo",
    (player, _rest, frame) =>
      moved(player, frame, () => player.undo(), "There was no move before."),
  ],
  ["entry", entry],
  ["now", (player, _rest, frame) => ({ lines: nowLines(player, frame) })],
  ["follow", follow],
  ["unfollow", (player) => ({ lines: player.follow(undefined) ? [rowsWord(player)] : [] })],
  ["filter", filter],
  ["level", level],
  ["answer", answer],
  ["help", (_player, _rest, frame) => ({ lines: helpLines(frame) })],
  ["quit", () => ({ lines: [], end: true })],
]);

/** @param typed a line, or a key that stands for one */
export function obey(player: Player, typed: string, frame: LineFrame): Said {
  const line = KEYS.get(typed.trim()) ?? typed.trim();
  const [, word = "", rest = ""] = /^(\S*)\s*([^]*)$/u.exec(line === "" ? "next" : line) ?? [];
  const act = ACTS.get(word);
  if (act !== undefined) return act(player, rest, frame);
  const answered = ask(player.model, instantOf(player.model, player.seq), line);
  if (answered.ok) {
    const { width, paint } = frame;
    return { lines: answered.tables.flatMap((table) => tableLines(table, width, paint)) };
  }
  const close = nearest(word, [...ACTS.keys(), ...askable(player.model)]);
  const hint = close === undefined ? answered.hint : `Did you mean "${close}"?`;
  return wrong(`${clip(safe(line), 60)}: no such word, and ${answered.problem}`, hint ?? MORE);
}

function nowLines({ model, seq }: Player, { width, paint }: LineFrame): string[] {
  const tables = overview(model, instantOf(model, seq));
  if (tables.length === 0) return [paint.dim("Nothing has a state, and nothing is under way.")];
  return tables.flatMap((table) => tableLines(table, width, paint));
}

const MORE = "`help` lists the words.";

const wrong = (problem: string, hint = MORE): Said => ({
  lines: [problem, `  ${hint}`],
  bad: true,
});

function moved(
  player: Player,
  frame: LineFrame,
  go: () => boolean,
  refusal = "There is no row.",
): Said {
  const before = player.seq;
  return { lines: go() ? arrived(player, before, frame) : [frame.paint.dim(refusal)] };
}

function step(player: Player, rest: string, frame: LineFrame, by: 1 | -1): Said {
  const word = rest === "" ? "row" : rest.replace(/s$/u, "");
  const unit = UNITS.find((one): one is Unit => one === word);
  if (unit === undefined) {
    return wrong(
      `there is no step by "${clip(safe(rest), 40)}"`,
      `Steps go by ${UNITS.join(", ")}.`,
    );
  }
  const go = (): boolean => (by === 1 ? player.next(unit) : player.back(unit));
  const end = by === 1 ? "This is the end" : "This is the beginning";
  const none = by === 1 ? "No problem after this" : "No problem before this";
  return moved(player, frame, go, unit === "problem" ? `${none}.` : `${end}.`);
}

function to(player: Player, rest: string, frame: LineFrame): Said {
  const { model } = player;
  const last = model.entries.length - 1;
  const [, chapter] = /^(?:chapter|step)\s+(\d{1,9})$/u.exec(rest) ?? [];
  if (chapter !== undefined) {
    const found = model.chapters.all.find(({ number }) => number === Number(chapter));
    const most = model.chapters.all.at(-1)?.number ?? 0;
    if (found === undefined)
      return wrong(`there is no step ${chapter}`, `There are ${String(most)}.`);
    return moved(player, frame, () => player.goTo(found.seq));
  }
  if (rest === "") return wrong("to where?", "to 42, to 12.5s, to build_instances, to chapter 3");
  if (/^\d+$/u.test(rest)) {
    const seq = Number(rest);
    if (seq > last) return wrong(`there is no entry ${rest}`, `They go from 0 to ${String(last)}.`);
    return moved(player, frame, () => player.goTo(seq));
  }
  const time = timeOf(rest);
  if (time !== undefined)
    return moved(player, frame, () => player.goTo(Math.max(0, seqAt(model, time))));
  const seq = seqOfText(model, player.seq, rest);
  if (seq === undefined)
    return wrong(`nothing says "${clip(safe(rest), 60)}"`, "It is looked for in every entry.");
  return moved(player, frame, () => player.goTo(seq));
}

function entry(player: Player, rest: string, frame: LineFrame): Said {
  const seq = rest === "" ? player.seq : Number(rest);
  if (player.model.entries[seq] !== undefined)
    return { lines: entryLines(player.model, seq, frame) };
  const last = player.model.entries.length - 1;
  return wrong(`there is no entry ${clip(safe(rest), 20)}`, `They go from 0 to ${String(last)}.`);
}

function follow(player: Player, rest: string): Said {
  if (rest !== "" && rest !== "request" && rest !== "server") {
    return wrong(
      `nobody can follow "${clip(safe(rest), 40)}"`,
      "follow, or follow server, at an entry of its.",
    );
  }
  const what = rest === "server" ? "server" : "request";
  if (player.follow(what)) return { lines: [rowsWord(player)] };
  return wrong(`this entry belongs to no ${what}`, "Go to one that does.");
}

function filter(player: Player, rest: string): Said {
  const problem = player.setFilter(rest);
  return problem === undefined
    ? { lines: [rowsWord(player)] }
    : wrong(problem, "Nothing is filtered by it.");
}

function level(player: Player, rest: string): Said {
  const chosen = LEVELS.find((one) => one === rest);
  if (rest !== "" && chosen === undefined) {
    return wrong(`there is no level "${clip(safe(rest), 40)}"`, `There is: ${LEVELS.join(", ")}.`);
  }
  player.setLevel(chosen);
  return { lines: [rowsWord(player)] };
}

function answer(player: Player, _rest: string, frame: LineFrame): Said {
  const { paint } = frame;
  const chapter = chapterHere(player);
  const lines = answerLines(chapter?.answer ?? "", frame);
  if (lines.length > 0) return { lines };
  return {
    lines: [
      paint.dim(chapter?.question === "" ? "This step asks nothing." : "There is no answer to it."),
    ],
  };
}

export function helpLines({ width, paint }: LineFrame): string[] {
  const form = Math.max(...WORDS.map((word) => word.form.length));
  const keys = Math.max(...WORDS.map((word) => word.keys.length));
  const wide = width >= form + keys + 24;
  return WORDS.map((word) => {
    const said = wide
      ? `${word.form.padEnd(form)}  ${word.keys.padEnd(keys)}  ${word.about}`
      : `${word.keys.padEnd(keys)}  ${word.about} (${word.form})`;
    return clip(said, width);
  }).map((line, at) => (at % 2 === 0 ? line : paint.dim(line)));
}
