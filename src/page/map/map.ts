/**
 * The map: hosts, their services and the queues between them as they are at the cursor, with a line for
 * each message that is under way. It shows one moment; the sequence shows how it came to it.
 */
import { RunMap, type MapAt } from "../../views/map/map.js";
import type { UnderWay } from "../../views/map/under-way.js";
import { clock, count, safe } from "../../views/words.js";
import type { App, Part } from "../app.js";
import { el, picture, word } from "../dom.js";
import { Boxes } from "./boxes.js";
import { glide } from "./glide.js";
import { Labels, wordsOf, type Labelled } from "./labels.js";
import { Ways, type Box, type Line, type Way } from "./lines.js";

/** Lines beyond this are a tangle; all of them are in the list. */
const MOST_LINES = 24;

export class MapView implements Part {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #boxes = new Boxes();
  readonly #lines = el("div", { class: "map-lines", "aria-hidden": "true" });
  readonly #labels: Labels;
  readonly #facts = el("h2", {});
  readonly #list = el("ol", { class: "links map-list" });
  readonly #field: HTMLElement;
  #map: RunMap | undefined;
  #read = -1;
  #shown: MapAt | undefined;
  #key = "";
  #seq = -1;

  constructor(app: App) {
    this.#app = app;
    this.#labels = new Labels(app);
    this.#field = el(
      "div",
      { class: "map-field" },
      this.#lines,
      this.#boxes.element,
      this.#labels.element,
    );
    const list = el("section", { class: "map-under-way" }, this.#facts, this.#list);
    this.element = el(
      "div",
      { class: "map", role: "region", tabindex: 0, "aria-label": "Map" },
      this.#field,
      list,
    );
    new ResizeObserver(() => {
      if (!this.element.hidden) this.#draw(false);
    }).observe(this.#field);
  }

  draw(app: App): void {
    const { view, seq, follow, level } = app.state;
    this.element.hidden = view !== "map";
    if (this.element.hidden) {
      this.#seq = -1;
      return;
    }
    const { length } = app.model.entries;
    if (this.#map === undefined || this.#read !== length) this.#map = new RunMap(app.model);
    this.#read = length;
    const key = [seq, follow, level, length].join(" ");
    if (key === this.#key && this.#seq !== -1) return;
    this.#key = key;
    const forward = this.#seq !== -1 && seq > this.#seq && app.stepping;
    this.#seq = seq;
    this.#shown = this.#map.at(seq, level);
    this.#boxes.draw(this.#shown);
    this.#tell(this.#shown, app.entry?.at ?? 0);
    this.#draw(forward);
  }

  /** What is under way, in words: the lines for whoever does not see them, and all of them where they are many. */
  #tell({ messages, queues, cuts }: MapAt, at: number): void {
    const waiting = queues.reduce((sum, queue) => sum + queue.waiting.length, 0);
    const now = messages.filter(({ stage }) => stage !== "ends").length;
    const wait = waiting === 0 ? "" : ` · ${String(waiting)} waiting in queues`;
    const what = now === 0 ? "Nothing is" : count(now, "message");
    this.#facts.textContent = `${what} under way at ${clock(at)} s${wait}`;
    const focused = this.#list.contains(document.activeElement);
    this.#list.replaceChildren(
      ...messages.map((message) => {
        const go = el("button", { type: "button", class: "link" }, ...this.#sentence(message));
        go.addEventListener("click", () => this.#app.goTo(message.seq));
        return el("li", { class: this.#app.follows(message.seq) ? undefined : "faded" }, go);
      }),
      ...cuts.map(({ from, peer }) =>
        el("li", { class: "bad" }, `✕ ${safe(from)} is cut off from ${safe(peer ?? "everybody")}`),
      ),
    );
    if (focused) this.element.focus({ preventScroll: true });
  }

  #sentence({ from, to, queue, stage, label }: UnderWay): readonly Node[] {
    const nameOf = (name: string): string => safe(this.#app.model.actors.of(name).name);
    const [first, ...others] = to.map(nameOf);
    const more = others.length > 2 ? [`${String(others.length)} more`] : others;
    const takers = [...(first === undefined ? [] : [first]), ...more].join(", ");
    const place = stage === "waits" ? safe(queue ?? "") : takers;
    const whom = place === "" ? "nobody" : place;
    const ways = stage === "ends" ? `${whom} → ${nameOf(from)}: ` : `${nameOf(from)} → ${whom}: `;
    return [
      word(ways, "muted"),
      ...wordsOf(label),
      stage === "waits" ? word(" waits", "cast") : word(""),
    ];
  }

  #draw(glides: boolean): void {
    if (this.#shown === undefined) return;
    const { messages, cuts } = this.#shown;
    const field = this.#field.getBoundingClientRect();
    const boxOf = (key: string): Box | undefined => {
      const found = this.#boxes.at(key)?.getBoundingClientRect();
      if (found === undefined) return undefined;
      const { left, right, top, bottom } = found;
      return {
        left: left - field.left,
        right: right - field.left,
        top: top - field.top,
        bottom: bottom - field.top,
      };
    };
    const ways = new Ways();
    const drawn: Way[] = [];
    const join = (from: string, to: string, line: Line): Way | undefined => {
      const [a, b] = [boxOf(from), boxOf(to)];
      if (a === undefined || b === undefined || from === to) return undefined;
      const way = ways.between([from, to], [a, b], line);
      drawn.push(way);
      return way;
    };
    const plain = { mark: "cast", back: false, failed: false, cut: true, share: 1 } as const;
    for (const { from, peer } of cuts) join(from, peer ?? "broker", plain);
    const labels: Labelled[] = [];
    let last: readonly Way[] = [];
    // The newest is drawn last, over the others.
    for (const [i, message] of messages.entries()) {
      if (i < messages.length - MOST_LINES) continue;
      const line = this.#lineOf(message);
      const pieces = this.#stops(message).flatMap(([from, to]) => join(from, to, line) ?? []);
      const [way] = pieces;
      if (way !== undefined) labels.push({ way, message, number: i + 1 });
      last = message.seq === this.#app.state.seq || message.stage === "ends" ? pieces : last;
    }
    const { width, height } = field;
    const box = `0 0 ${width.toFixed(0)} ${height.toFixed(0)}`;
    const shapes = drawn.map(({ shape }) => shape).join("");
    const svg = picture(shapes, Math.round(width), Math.round(height), box);
    this.#lines.replaceChildren(svg);
    this.#labels.draw(labels, this.#boxes.element, field.left);
    if (glides) glide(svg, last);
  }

  /** The boxes that a message goes by: over its queue, and while it waits there no further. */
  #stops({ from, to, queue, stage }: UnderWay): readonly (readonly [string, string])[] {
    // Those without a box of their own share one, and one line.
    const boxes = new Map(to.map((name) => [this.#boxes.at(name), name]));
    const ends = [...boxes.values()];
    const place = `queue ${queue ?? ""}`;
    // A reply has a queue of its own, which is not recorded: it is drawn straight.
    const straight = queue === undefined || (stage === "ends" && to.length > 0);
    if (straight || this.#boxes.at(place) === undefined) return ends.map((one) => [from, one]);
    return [[from, place], ...(stage === "waits" ? [] : ends.map((one) => [place, one] as const))];
  }

  #lineOf({ seq, mark, stage, failed }: UnderWay): Line {
    const share = this.#app.follows(seq) ? 1 : 0.35;
    return { mark, back: stage === "ends", failed, cut: false, share };
  }
}
