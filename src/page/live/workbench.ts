/**
 * The parts of the page of a recording, put around the list for one thread of it: they are made anew for each, and what was
 * chosen before (view, level, theme) stays chosen.
 */
import { writeAddress } from "../address.js";
import { App } from "../app.js";
import { el } from "../dom.js";
import { Header } from "../frame/header.js";
import { helpDialog } from "../frame/help.js";
import { Notices } from "../frame/notices.js";
import { Story } from "../frame/story.js";
import { attend } from "../hands.js";
import { Inspector } from "../inspector/inspector.js";
import { MapView } from "../map/map.js";
import { Sequence } from "../sequence/sequence.js";
import { States } from "../states/states.js";
import { Scrubber } from "../time/scrubber.js";
import { Strip } from "../time/strip.js";
import type { Model } from "../../views/model/model.js";

export class Workbench {
  readonly #list: HTMLElement;
  #app: App | undefined;
  #elements: readonly HTMLElement[] = [];
  #chosen = "";
  readonly #notices = new Notices();

  /** @param list what stays where it is; the parts are put before and after it */
  constructor(list: HTMLElement) {
    this.#list = list;
  }

  get app(): App | undefined {
    return this.#app;
  }

  /** Whether the focus is in one of its parts: whoever works there is not to be disturbed. */
  get focused(): boolean {
    const { activeElement } = document;
    return this.#elements.some((one) => one.contains(activeElement));
  }

  /** @param first what stands at the beginning of its header */
  show(model: Model, first: HTMLElement): void {
    this.#keep();
    this.clear();
    const app = new App(model, this.#chosen, { addressed: false });
    app.reading = { done: true };
    this.#app = app;
    const help = helpDialog();
    const header = new Header(app, () => help.showModal());
    header.element.prepend(first);
    const notices = this.#notices;
    const sequence = new Sequence(app);
    const inspector = new Inspector(app);
    const scrubber = new Scrubber(app);
    const strip = new Strip(app);
    const states = new States(app);
    const map = new MapView(app);
    const story = new Story();
    const main = el("main", {}, sequence.element, map.element, states.element, story.element);
    const footer = el("footer", { "aria-label": "Time" }, strip.element, scrubber.element);
    this.#put([header.element, notices.element], [main, inspector.element, footer, help]);
    app.add(header, notices, sequence, map, states, story, inspector, strip, scrubber);
    attend({ app, header, help, inspector, scrubber, sequence });
    app.draw();
  }

  /** Something else in its place, such as words where there is nothing yet. */
  put(before: readonly HTMLElement[], after: readonly HTMLElement[]): void {
    this.#keep();
    this.clear();
    this.#put(before, after);
  }

  clear(): void {
    this.#app?.end();
    this.#app = undefined;
    for (const one of this.#elements) one.remove();
    this.#elements = [];
  }

  #put(before: readonly HTMLElement[], after: readonly HTMLElement[]): void {
    this.#list.before(...before);
    this.#list.after(...after);
    this.#elements = [...before, ...after];
  }

  /** What was chosen by hand is for the next one too; where one was in this one is not. */
  #keep(): void {
    if (this.#app === undefined) return;
    const { state, firstLevel } = this.#app;
    const chosen = { ...state, seq: 0, open: [], follow: "", filter: "" };
    this.#chosen = writeAddress(chosen, firstLevel).replace("seq=0", "");
  }
}
