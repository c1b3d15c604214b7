/** The keyboard: everything that a pointer can do, wherever the focus is, but for fields of text. */
import { LEVELS } from "../views/sequence/row.js";
import { isRoutine } from "../views/sequence/routine.js";
import { STRETCHES, type Stretch } from "../views/svg/time.js";
import { TABS, TIMES, VIEWS } from "./address.js";
import type { App } from "./app.js";
import { followRequest, followServer } from "./follow.js";

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
  const next = quiet(() => app.step("row", 1));
  const back = quiet(() => app.step("row", -1));
  const acts: ReadonlyMap<string, () => void> = new Map<string, () => void>([
    ["ArrowRight", next],
    ["ArrowDown", next],
    ["j", next],
    ["ArrowLeft", back],
    ["ArrowUp", back],
    ["k", back],
    [".", quiet(() => app.step("entry", 1))],
    [",", quiet(() => app.step("entry", -1))],
    ["]", quiet(() => app.step("chapter", 1))],
    ["[", quiet(() => app.step("chapter", -1))],
    ["n", quiet(() => app.step("problem", 1))],
    ["p", quiet(() => app.step("problem", -1))],
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
    ["d", quiet(() => app.goTo(consequence(app)))],
    ["t", () => app.set({ time: after(TIMES, app.state.time) })],
    ["+", () => app.set({ stretch: stretched(app.state.stretch, 1) })],
    ["-", () => app.set({ stretch: stretched(app.state.stretch, -1) })],
    ["x", () => app.unfold()],
    ["o", () => app.set({ level: after(LEVELS, app.state.level) })],
    ["v", () => app.set({ view: after(VIEWS, app.state.view) })],
    ...VIEWS.map((view, i) => [String(i + 1), () => app.set({ view })] as const),
    ["i", () => app.set({ tab: after(TABS, app.state.tab) })],
    ["Enter", () => hands.inspector()],
    ["\\", () => app.set({ panels: !app.state.panels })],
    ["y", () => void navigator.clipboard.writeText(location.href).catch(() => undefined)],
    ["Escape", () => leave(hands)],
  ]);
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTaken(event)) return;
    const act = acts.get(event.key);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const point = ({ target }: PointerEvent): void => {
    if (!(target instanceof Element) || target.closest(".play") === null) hands.pause();
  };
  addEventListener("keydown", press, { signal: app.ended });
  addEventListener("pointerdown", point, { signal: app.ended });
}

/** Fields of text have their keys, and so have buttons theirs. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches("input, textarea, select")) return key !== "Escape";
  if (key === "Enter" || key === " ") return target.matches("button, summary, a");
  return target.closest("dialog") !== null && key !== "?";
}

/** The first one that the level shows; what is routine is found in the inspector. */
function consequence({ model, state }: App): number | undefined {
  const whole = state.level === "entries";
  return model.causes.consequences(state.seq).find((seq) => {
    const entry = model.entries[seq];
    return entry !== undefined && (whole || !isRoutine(model, entry));
  });
}

function after<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length] ?? one;
}

/** One step more or less; at the ends it stays. */
function stretched(stretch: Stretch, by: 1 | -1): Stretch {
  return STRETCHES[STRETCHES.indexOf(stretch) + by] ?? stretch;
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
