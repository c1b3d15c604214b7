/** The boxes of the map: hosts with services, queues with what waits, tiles for hosts where nothing is under way. */
import type { MapAt, MapHost, MapQueue, MapService } from "../../views/map/map.js";
import type { Life } from "../../views/model/processes.js";
import { count, safe } from "../../views/words.js";
import { el, word } from "../dom.js";

/** Beyond so many hosts those where nothing is under way are tiles. */
const MOST_HOSTS = 8;
const MOST_QUEUES = 10;
const MOST_BLOCKS = 12;
/** Places of a pool that are drawn one by one; a larger one is told in numbers. */
const MOST_PLACES = 16;

/** Where lines begin and end: an element for each actor and each queue that is shown. */
export class Boxes {
  readonly element = el("div", { class: "map-columns" });
  readonly #places = new Map<string, HTMLElement>();

  /** The box of an actor, a host or a queue; a queue that is not shown has none. */
  at(key: string): HTMLElement | undefined {
    return this.#places.get(key);
  }

  draw({ hosts, queues }: MapAt): void {
    this.#places.clear();
    const many = hosts.filter(({ side }) => side !== "clients").length > MOST_HOSTS;
    const tiled = hosts.filter(({ side, idle }) => many && side === "edge" && idle);
    const boxed = (side: MapHost["side"]): readonly HTMLElement[] =>
      hosts
        .filter((host) => host.side === side && !tiled.includes(host))
        .map((one) => this.#host(one));
    this.element.replaceChildren(
      el("div", { class: "map-core" }, ...boxed("clients"), ...boxed("core")),
      el("div", { class: "map-broker" }, this.#broker(queues)),
      el("div", { class: "map-edge" }, ...boxed("edge"), this.#tiles(tiled)),
    );
  }

  #host({ name, services, side, idle }: MapHost): HTMLElement {
    const title = name === "" ? "elsewhere" : safe(name);
    const box = el("section", { class: `map-host is-${side}${idle ? " is-idle" : ""}` });
    box.append(el("h3", { title }, word(title)), ...services.map((one) => this.#service(one)));
    if (side === "clients") {
      // A user and the commands that he types are one box.
      box.setAttribute("aria-label", `clients of ${title}`);
    }
    if (!this.#places.has(name)) this.#places.set(name, box);
    return box;
  }

  #service({ actor, life, waits, works, pool }: MapService): HTMLElement {
    const dead = life === "crashed" || life === "stopped";
    const states = [...(waits ? ["waits"] : []), ...(works ? ["works"] : [])];
    const names = ["map-service", `is-${life}`, ...states.map((state) => `is-${state}`)];
    const name = safe(actor.service);
    const made = el(
      "div",
      { class: names.join(" "), title: safe(actor.name) },
      dead ? el("span", { class: "bad", "aria-hidden": "true" }, "✕ ") : undefined,
      dead ? el("s", {}, word(name)) : word(name),
      spoken(life, states),
    );
    if (pool !== undefined && (pool.busy > 0 || pool.waiting > 0)) {
      const { size, busy, waiting } = pool;
      const blocks = size > MOST_PLACES ? [] : placesOf(size, busy);
      const wait = waiting === 0 ? "" : `, ${count(waiting, "message")} without a place`;
      made.append(
        el(
          "div",
          { class: "map-pool" },
          ...blocks,
          `${String(busy)} of ${String(size)} places${wait}`,
        ),
      );
    }
    this.#places.set(actor.name, made);
    return made;
  }

  /** Queues in the order of their first message; those that are empty and unused only while there is room. */
  #broker(queues: readonly MapQueue[]): HTMLElement {
    const telling = queues.filter(({ waiting, used }) => used || waiting.length > 0);
    const quiet = queues
      .filter((one) => !telling.includes(one) && !one.name.includes("_fanout"))
      .slice(0, Math.max(0, MOST_QUEUES - telling.length));
    const shown = queues.filter((one) => telling.includes(one) || quiet.includes(one));
    const left = queues.length - shown.length;
    const box = el("section", { class: "map-host is-broker" }, el("h3", {}, "queues"));
    box.append(...shown.map((one) => this.#queue(one)));
    if (shown.length === 0) box.append(el("p", { class: "muted" }, "no message sent yet"));
    if (left > 0) box.append(el("p", { class: "muted" }, `and ${count(left, "empty queue")}`));
    this.#places.set("broker", box);
    return box;
  }

  #queue({ name, waiting, used }: MapQueue): HTMLElement {
    const { length } = waiting;
    const blocks = waiting.slice(0, MOST_BLOCKS).map(() => el("i", { class: "map-block" }));
    const more = length > MOST_BLOCKS ? `+${String(length - MOST_BLOCKS)}` : undefined;
    const made = el(
      "div",
      {
        class: `map-queue${length > 0 ? " is-full" : ""}${used ? " is-used" : ""}`,
        title: safe(name),
      },
      el("span", { class: "map-name" }, word(safe(name))),
      el("span", { class: "map-blocks", "aria-hidden": "true" }, ...blocks, more),
      el(
        "span",
        { class: "spoken" },
        length === 0 ? "empty" : `${count(length, "message")} waiting`,
      ),
    );
    this.#places.set(`queue ${name}`, made);
    return made;
  }

  #tiles(hosts: readonly MapHost[]): HTMLElement | undefined {
    if (hosts.length === 0) return undefined;
    const busy = ({ services }: MapHost): boolean => services.some(({ works }) => works);
    const dead = ({ services }: MapHost): readonly string[] =>
      services
        .filter(({ life }) => life !== "running")
        .map(({ actor, life }) => `${actor.service} ${life}`);
    const tiles = hosts.map((host) => {
      const gone = dead(host);
      const at = [...gone, ...(busy(host) ? ["at work"] : [])];
      const title = `${safe(host.name)}${at.length === 0 ? "" : `: ${safe(at.join(", "))}`}`;
      const tile = el(
        "li",
        { title },
        gone.length === 0 ? undefined : "✕",
        el("span", { class: "spoken" }, title),
      );
      if (gone.length > 0) tile.className = "is-crashed";
      else if (busy(host)) tile.className = "is-works";
      this.#places.set(host.name, tile);
      return tile;
    });
    const list = el("ul", { class: "map-tiles" }, ...tiles);
    const title = hosts.some(busy)
      ? `${String(hosts.length)} hosts`
      : count(hosts.length, "idle host");
    const box = el("section", { class: "map-host is-idle" }, el("h3", {}, title), list);
    // What goes to everybody ends at all of them.
    for (const { services } of hosts) {
      for (const { actor } of services) this.#places.set(actor.name, box);
    }
    return box;
  }
}

function spoken(life: Life, states: readonly string[]): HTMLElement | undefined {
  const words = [...(life === "running" ? [] : [life]), ...states];
  if (words.length === 0) return undefined;
  const names: Readonly<Record<string, string>> = {
    waits: "waits for an answer",
    works: "at work",
  };
  return el("span", { class: "spoken" }, `, ${words.map((one) => names[one] ?? one).join(", ")}`);
}

function placesOf(size: number, busy: number): readonly HTMLElement[] {
  return Array.from({ length: size }, (_, i) =>
    el("i", { class: i < busy ? "map-block" : "map-place" }),
  );
}
