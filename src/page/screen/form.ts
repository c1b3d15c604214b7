/** A form as it stood there: labels over what is written under them, and what is wrong with that. Nothing can be written here. */
import type { ScreenField, ScreenForm } from "../../timeline/index.js";
import { el, word } from "../dom.js";

/** @param title what it is called, if the form does not say so */
export function drawForm({ title: own, fields, errors, submit }: ScreenForm, title: string) {
  const name = own === "" ? title : own;
  return el(
    "div",
    { class: "scr-form", role: "group", "aria-label": `Form: ${name}` },
    name === "" ? undefined : el("p", { class: "scr-form-title" }, word(name)),
    ...errors.map((text) => el("p", { class: "scr-message scr-error" }, word(text))),
    ...stepsOf(fields),
    el("p", { class: "scr-submit" }, el("span", { class: "scr-button scr-first" }, word(submit))),
  );
}

/** One under the other, each with its name above it. Upstream they are tabs. */
function stepsOf(fields: readonly ScreenField[]): readonly HTMLElement[] {
  const steps = new Set(fields.map(({ step }) => step));
  let last: string | undefined;
  return fields.flatMap((field) => {
    const { step = "" } = field;
    const begins = steps.size > 1 && step !== last && step !== "";
    last = step;
    return begins ? [el("p", { class: "scr-step" }, word(step)), fieldOf(field)] : [fieldOf(field)];
  });
}

function fieldOf(field: ScreenField): HTMLElement {
  const { label, required, errors } = field;
  return el(
    "div",
    { class: errors.length > 0 ? "scr-field scr-wrong" : "scr-field" },
    el(
      "span",
      { class: "scr-label" },
      word(label),
      required === true ? el("span", { class: "scr-must", title: "required" }, " *") : undefined,
    ),
    valueOf(field),
    ...errors.map((text) => el("span", { class: "scr-problem" }, "✗ ", word(text))),
  );
}

function valueOf(field: ScreenField): HTMLElement {
  const { kind, value, readonly } = field;
  if (kind === "check") return el("span", { class: "scr-check" }, value === true ? "☑" : "☐");
  if (kind === "secret") return el("span", { class: "scr-box muted" }, "not recorded");
  const words = typeof value === "object" ? value.join(", ") : String(value);
  const box = readonly === true ? "scr-box scr-off" : "scr-box";
  if (kind === "choice" || kind === "several") return chosen(field, words);
  return el("span", { class: box }, ...words.split("\n").map((line) => el("span", {}, word(line))));
}

/** What is chosen, and what could be chosen instead. */
function chosen({ choices = [] }: ScreenField, words: string): HTMLElement {
  return el(
    "details",
    { class: "scr-menu" },
    el(
      "summary",
      { class: "scr-box" },
      word(words === "" ? "nothing" : words),
      el("span", {}, "▾"),
    ),
    el("ul", {}, ...choices.map((one) => el("li", {}, word(one)))),
  );
}
