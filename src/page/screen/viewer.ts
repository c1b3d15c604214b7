/**
 * The screen of an entry, large: over the page, with the screens before and after it in the same browser. It moves the one cursor
 * there is, and closes as any dialogue does.
 */
import type { App } from "../app.js";
import { button, el, word } from "../dom.js";
import { drawForm } from "./form.js";
import { screenOf } from "./read.js";
import { drawScreen } from "./screen.js";

export function openViewer(app: App): void {
  const dialog = el("dialog", { class: "scr-viewer", tabindex: -1, "aria-label": "The screen" });
  const turn = (by: 1 | -1) => (): void => {
    const next = neighbour(app, by);
    if (next === undefined) return;
    app.goTo(next);
    fill();
  };
  const fill = (): void => {
    const { entry, model } = app;
    const screen = screenOf(entry);
    if (entry?.kind !== "client" || screen === undefined) return;
    const chapter = model.chapters.all[model.chapters.indexOf(entry.seq)];
    const number = chapter === undefined ? "" : `${String(chapter.number)} `;
    const note = chapter?.note ?? "";
    const controls = el(
      "div",
      { class: "scr-controls" },
      button("←", "Screen before (Left)", turn(-1), { disabled: neighbour(app, -1) === undefined }),
      button("→", "Screen after (Right)", turn(1), { disabled: neighbour(app, 1) === undefined }),
      el("b", { class: "mono" }, number, word(entry.command)),
      button("Close", "Close (Esc)", () => dialog.close(), { class: "scr-shut" }),
    );
    dialog.replaceChildren(
      controls,
      el(
        "div",
        { class: "scr-scroll", tabindex: 0, role: "group", "aria-label": "The page" },
        note === "" ? undefined : el("p", { class: "note" }, word(note)),
        screen.sent === undefined
          ? undefined
          : el(
              "details",
              { class: "scr-sent" },
              el("summary", {}, "The form as it was sent"),
              el("div", { class: "screen" }, drawForm(screen.sent, "")),
            ),
        drawScreen(screen),
      ),
    );
  };
  dialog.addEventListener("keydown", (event) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : undefined;
    if (by === undefined) return;
    // What it came from will be gone by the time that the page hears of it.
    event.stopPropagation();
    turn(by)();
    dialog.focus();
  });
  dialog.addEventListener("close", () => dialog.remove());
  fill();
  document.body.append(dialog);
  dialog.showModal();
}

/** The nearest entry with a screen of the same browser. */
function neighbour(app: App, by: 1 | -1): number | undefined {
  const { entries } = app.model;
  const here = app.entry;
  if (here === undefined) return undefined;
  for (let seq = here.seq + by; entries[seq] !== undefined; seq += by) {
    const entry = entries[seq];
    if (entry?.actor === here.actor && screenOf(entry) !== undefined) return seq;
  }
  return undefined;
}

/** In the inspector: the screen, small, and what makes it large. */
export function screenPane(app: App): readonly Node[] {
  const screen = screenOf(app.entry);
  if (screen === undefined) return [];
  const open = button("Large", "The screen, large", () => openViewer(app));
  return [el("h3", {}, "On the screen ", open), drawScreen(screen)];
}
