/**
 * A whole screen of `novasim play`: the rows around the cursor, a pane with what is known there, and a
 * line for what is typed. As many lines as there is room for, none wider than the terminal.
 */
import { columns } from "../../text/width.js";
import type { Paint } from "../view.js";
import { clip, clock, safe } from "../words.js";
import { rowsWord } from "./arrived.js";
import { chapterLines, rowLine, type LineFrame } from "./lines.js";
import type { Player } from "./player.js";

export interface ScreenState {
  readonly width: number;
  readonly height: number;
  readonly paint: Paint;
  /** What the pane is called, and what is in it. */
  readonly pane: string;
  readonly lines: readonly string[];
  /** What is typed, behind its sign; undefined while single keys are heard. */
  readonly typed: string | undefined;
  readonly playing: boolean;
}

/** Below this the pane gives way to the rows. */
const LEAST_FOR_PANE = 12;
const ROWS_SHARE = 0.55;
/** Of the note of a chapter that the cursor is not on. */
const MOST_NOTE = 2;

export function screenLines(player: Player, state: ScreenState): string[] {
  const { width, height, paint } = state;
  const frame: LineFrame = { names: player.names, width: width - 2, paint };
  const paned = height >= LEAST_FOR_PANE;
  const room = Math.max(1, paned ? Math.floor((height - 3) * ROWS_SHARE) : height - 2);
  const pane = paned ? height - 3 - room : 0;
  const title = `── ${state.pane} `;
  const rule = title + "─".repeat(Math.max(0, width - columns(title)));
  return [
    paint.strong(clip(headOf(player), width)),
    ...filled(around(player, frame, room), room),
    ...(paned ? [paint.dim(clip(rule, width)), ...filled(state.lines.slice(0, pane), pane)] : []),
    paint.dim(clip(state.typed ?? footOf(player, state), width)),
  ];
}

function headOf(player: Player): string {
  const { header } = player.model;
  return `${safe(header.title)} · seed ${String(header.seed)} · ${rowsWord(player)}`;
}

function footOf(player: Player, { playing, width }: ScreenState): string {
  const { entries } = player.model;
  const at = entries[player.seq]?.at ?? 0;
  const place = `entry ${String(player.seq)}/${String(Math.max(0, entries.length - 1))} · ${clock(at)} s`;
  const keys = playing
    ? "playing, any key stops"
    : width < 90
      ? "→ ← ] n i / : ? q"
      : "→ next  ← back  ] chapter  n problem  i pane  / filter  : words  Space plays  ? help  q";
  return `${place} │ ${keys}`;
}

function filled(lines: readonly string[], room: number): string[] {
  return [...lines, ...Array.from({ length: Math.max(0, room - lines.length) }, () => "")];
}

/** The lines of the rows before and after the cursor, its own marked. */
function around(player: Player, frame: LineFrame, room: number): string[] {
  const { rows } = player;
  const here = Math.max(0, player.here);
  const own = linesOf(player, here, frame, true).slice(0, room);
  const before: string[] = [];
  const after: string[] = [];
  let up = here - 1;
  let down = here + 1;
  const left = (): number => room - own.length - before.length - after.length;
  // Where one comes from and where one goes, line by line in turn.
  while (left() > 0 && (up >= 0 || down < rows.length)) {
    if (up >= 0 && (before.length <= after.length || down >= rows.length)) {
      before.unshift(...linesOf(player, up, frame, false).slice(0, left()));
      up -= 1;
    } else if (down < rows.length) {
      after.push(...linesOf(player, down, frame, false).slice(0, left()));
      down += 1;
    } else break;
  }
  return [...before, ...own, ...after];
}

function linesOf(player: Player, index: number, frame: LineFrame, on: boolean): string[] {
  const row = player.rows[index];
  if (row === undefined) return [];
  const exact = on && row.seq === player.seq;
  const sign = exact ? "▶ " : on ? "▷ " : "  ";
  const notes = row.kind === "chapter" ? chapterLines(row.chapter, frame) : [];
  const shown = on ? notes : notes.slice(0, MOST_NOTE);
  // Where the cursor is on an entry between two rows, it stands behind the first of them.
  const first = frame.paint.strong(sign) + rowLine(row, frame);
  return [first, ...shown.map((line) => `  ${line}`)];
}
