/**
 * A run of too many messages for one diagram, step by step: each kind of message once, with its number,
 * where it first comes; states and faults stay. What is left out is said.
 */
import { count } from "../words.js";
import type { Arrow, Item, Note } from "./items.js";

/** Arrows of one key say the same. */
export const keyOf = ({ from, to, style, text }: Arrow): string =>
  JSON.stringify([from, to, style, text]);

/** @param messages how many arrows `items` have */
export function summarise(items: readonly Item[], messages: number, limit: number): Item[] {
  const phases: Item[][] = [[]];
  for (const item of items) {
    if (item.kind === "note" && item.step) phases.push([]);
    phases.at(-1)?.push(item);
  }
  const full = phases.filter((phase) => phase.length > 0);
  const shown = full.slice(0, limit);
  const room = Math.max(1, Math.floor(limit / shown.length));
  const told = shown.flatMap((phase) => digest(phase, room));
  const more = full.length - shown.length;
  return [
    note(
      `${count(messages, "message")}: each kind once a step, answers left out; --actors shows some whole`,
    ),
    ...told,
    ...(more > 0 ? [note(`… and ${count(more, "more step")}`)] : []),
  ];
}

/** One step: its kinds of messages, the most frequent if there is no room, and its notes. */
function digest(phase: readonly Item[], room: number): Item[] {
  const kinds = new Map<string, number>();
  for (const item of phase) {
    if (item.kind === "note" || item.answer) continue;
    kinds.set(keyOf(item), (kinds.get(keyOf(item)) ?? 0) + item.times);
  }
  const frequent = [...kinds].sort(([, a], [, b]) => b - a).slice(0, room);
  const kept = new Map(frequent);
  const left = [...kinds].reduce((sum, [key, times]) => (kept.has(key) ? sum : sum + times), 0);
  const told: Item[] = [];
  let notes = 0;
  for (const item of phase) {
    if (item.kind === "note") {
      if (!item.step) notes += 1;
      if (item.step || notes <= room) told.push(item);
      continue;
    }
    const times = item.answer ? undefined : kept.get(keyOf(item));
    if (times === undefined) continue;
    told.push({ ...item, times });
    kept.delete(keyOf(item));
  }
  const hidden = [
    ...(left > 0 ? [count(left, "more message")] : []),
    ...(notes > room ? [count(notes - room, "more note")] : []),
  ];
  return hidden.length === 0 ? told : [...told, note(`… and ${hidden.join(", ")}`)];
}

const note = (text: string): Note => ({ kind: "note", over: undefined, text, step: false });
