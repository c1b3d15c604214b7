/** The keyboard: everything that a pointer can do, wherever the focus is, but for fields of text. */
import { serversOf } from "../views/sequence/filter.js";
import { LEVELS } from "../views/sequence/row.js";
import { STRETCHES, type Stretch } from "../views/svg/time.js";
import { TABS, TIMES, VIEWS } from "./address.js";
import type { App } from "./app.js";

export interface Hands {
  readonly app: App;
  filter(): void;
  help(): void;
  /** Closes help. @returns whether it was open */
  leave(): boolean;
  inspector(): void;
  scroll(by: 1 | -1): void;
  toggle(): void;
  pause(): void;
  faster(by: 1 | -1): void;
}

export function listen(hands: Hands): void {
  const { app } = hands;
  const quiet = (act: () => void) => (): void => {
    hands.pause();
    act();
  };
  const next = quiet(() => app.step(1));
  const back = quiet(() => app.step(-1));
  const acts: ReadonlyMap<string, () => void> = new Map([
    ["ArrowRight", next],
    ["ArrowDown", next],
    ["j", next],
    ["ArrowLeft", back],
    ["ArrowUp", back],
    ["k", back],
    [".", quiet(() => app.stepEntry(1))],
    [",", quiet(() => app.stepEntry(-1))],
    ["]", quiet(() => app.stepChapter(1))],
    ["[", quiet(() => app.stepChapter(-1))],
    ["n", quiet(() => app.stepProblem(1))],
    ["p", quiet(() => app.stepProblem(-1))],
    ["Home", quiet(() => app.goTo(app.rows[0]?.seq))],
    ["End", quiet(() => app.goTo(app.rows.at(-1)?.seq))],
    ["PageDown", () => hands.scroll(1)],
    ["PageUp", () => hands.scroll(-1)],
    [" ", () => hands.toggle()],
    ["<", () => hands.faster(-1)],
    [">", () => hands.faster(1)],
    ["/", () => hands.filter()],
    ["?", () => hands.help()],
    ["f", () => followRequest(app)],
    ["F", () => followServer(app)],
    ["u", quiet(() => app.goTo(app.model.causes.of(app.state.seq)))],
    ["d", quiet(() => app.goTo(app.model.causes.consequences(app.state.seq)[0]))],
    ["t", () => app.set({ time: after(TIMES, app.state.time) })],
    ["+", () => app.set({ stretch: stretched(app.state.stretch, 1) })],
    ["-", () => app.set({ stretch: stretched(app.state.stretch, -1) })],
    ["x", () => app.unfold()],
    ["o", () => app.set({ level: after(LEVELS, app.state.level) })],
    ["v", () => app.set({ view: after(VIEWS, app.state.view) })],
    ["1", () => app.set({ view: "sequence" })],
    ["2", () => app.set({ view: "states" })],
    ["3", () => app.set({ view: "story" })],
    ["i", () => app.set({ tab: after(TABS, app.state.tab) })],
    ["Enter", () => hands.inspector()],
    ["\\", () => app.set({ panels: !app.state.panels })],
    ["y", () => void navigator.clipboard.writeText(location.href).catch(() => undefined)],
    ["Escape", () => leave(hands)],
  ]);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTaken(event)) return;
    const act = acts.get(event.key);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  addEventListener("pointerdown", (event) => {
    if (!(event.target instanceof Element) || event.target.closest(".play") === null) hands.pause();
  });
}

/** Fields of text have their keys, and so have buttons theirs. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches("input, textarea")) return key !== "Escape";
  if (key === "Enter" || key === " ") return target.matches("button, summary, a");
  return target.closest("dialog") !== null && key !== "?";
}

function after<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length] ?? one;
}

/** One step more or less; at the ends it stays. */
function stretched(stretch: Stretch, by: 1 | -1): Stretch {
  return STRETCHES[STRETCHES.indexOf(stretch) + by] ?? stretch;
}

function followRequest(app: App): void {
  const id =
    app.entry?.request ??
    app.model.requests.all.find(({ carrier }) => carrier === app.state.seq)?.id;
  if (id === undefined) return;
  const follow = `request:${id}`;
  app.set({ follow: app.state.follow === follow ? "" : follow });
}

function followServer(app: App): void {
  if (app.entry === undefined) return;
  const [name] = serversOf(app.entry, app.model);
  if (name === undefined) return;
  const follow = `server:"${name}"`;
  app.set({ follow: app.state.follow === follow ? "" : follow });
}

/** One thing at a time. */
function leave(hands: Hands): void {
  const { app } = hands;
  if (hands.leave()) return;
  const { activeElement } = document;
  if (activeElement instanceof HTMLInputElement) activeElement.blur();
  else if (app.state.filter !== "") app.set({ filter: "" });
  else if (app.state.follow !== "") app.set({ follow: "" });
  else {
    app.stepping = false;
    app.draw();
  }
}
