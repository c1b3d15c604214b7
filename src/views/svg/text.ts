/** Words in a picture. What was recorded comes here as text and stays text. */
import type { Label } from "../sequence/row.js";
import { escape, tag } from "./xml.js";

/** One line of plain words. */
export function line(x: number, y: number, name: string, words: string): string {
  return tag("text", { x, y, class: name }, escape(words));
}

/** A label with its tones, on a halo of paper, so that no line strikes through it. */
export function labelled(x: number, y: number, label: Label): string {
  const parts = label.map(({ text, tone }) =>
    tone === "plain" ? escape(text) : tag("tspan", { class: tone }, escape(text)),
  );
  return tag("text", { x, y, class: "on" }, parts.join(""));
}
