/** The page of two recordings: puts its parts together, and listens. */
import { LEVELS } from "../../views/sequence/row.js";
import { Model } from "../../views/model/model.js";
import type { Timeline } from "../../timeline/index.js";
import { el } from "../dom.js";
import { helpDialog } from "../frame/help.js";
import { Comparing } from "./comparing.js";
import { CompareHeader, Counts, Differs } from "./frame.js";
import { Panes } from "./panes.js";

export function openComparison(a: Timeline, b: Timeline): void {
  const comparing = new Comparing(Model.of(a), Model.of(b), location.hash);
  const help = helpDialog();
  const header = new CompareHeader(comparing, () => help.showModal());
  const counts = new Counts();
  const panes = new Panes(comparing);
  const differs = new Differs();
  const skip = el("a", { class: "skip", href: "#sequence" }, "To the sequence");
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    panes.focus();
  });
  document.documentElement.classList.add("comparing");
  document.body.replaceChildren(
    skip,
    header.element,
    counts.element,
    el("main", {}, panes.element),
    differs.element,
    help,
  );
  comparing.add(header, counts, panes, differs);
  listen(comparing, panes, help);
  comparing.draw();
}

function listen(comparing: Comparing, panes: Panes, help: HTMLDialogElement): void {
  const next = (): void => comparing.step(1);
  const back = (): void => comparing.step(-1);
  const acts: ReadonlyMap<string, () => void> = new Map([
    ["ArrowRight", next],
    ["ArrowDown", next],
    ["j", next],
    ["ArrowLeft", back],
    ["ArrowUp", back],
    ["k", back],
    ["n", () => comparing.stepDifference(1)],
    ["p", () => comparing.stepDifference(-1)],
    ["Home", () => comparing.set({ at: 0 })],
    ["End", () => comparing.set({ at: Math.max(0, comparing.rows.length - 1) })],
    ["PageDown", () => panes.page(1)],
    ["PageUp", () => panes.page(-1)],
    [
      "o",
      () => {
        const level = LEVELS[(LEVELS.indexOf(comparing.level) + 1) % LEVELS.length];
        if (level !== undefined) comparing.set({ level });
      },
    ],
    ["v", () => comparing.set({ side: comparing.side === "a" ? "b" : "a" })],
    ["y", () => void navigator.clipboard.writeText(location.href).catch(() => undefined)],
    ["?", () => help.showModal()],
    ["Escape", () => help.close()],
  ]);
  addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || !(target instanceof Element)) return;
    if (target.closest("dialog") !== null && key !== "Escape") return;
    const act = acts.get(key);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}
