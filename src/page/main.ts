/** The page: unpacks its recording, puts its parts together, and listens. */
import { sentence } from "./sentence.js";
import { stateAt } from "../views/model/things.js";
import { readAddress } from "./address.js";
import type { App, Part } from "./app.js";
import { openComparison } from "./compare/compare.js";
import { el } from "./dom.js";
import { Header } from "./frame/header.js";
import { Colophon } from "./frame/colophon.js";
import { helpDialog } from "./frame/help.js";
import { Notices } from "./frame/notices.js";
import { attend } from "./hands.js";
import { Inspector } from "./inspector/inspector.js";
import { Loading } from "./load/loading.js";
import { MapView } from "./map/map.js";
import { Scrubber } from "./time/scrubber.js";
import { MOST_PRINTED, Sequence } from "./sequence/sequence.js";
import { Rail, Story } from "./frame/story.js";
import { States } from "./states/states.js";
import { Strip } from "./time/strip.js";

/** So long after the last step it is said what has changed. */
const PAUSE = 300;

/** Puts the parts of the page together, once there is something to show. */
function open(app: App): void {
  const help = helpDialog();
  const header = new Header(app, () => help.showModal());
  const notices = new Notices();
  const sequence = new Sequence(app);
  const inspector = new Inspector(app);
  const scrubber = new Scrubber(app);
  const strip = new Strip(app);
  const states = new States(app);
  const map = new MapView(app);
  const story = new Story();
  const rail = new Rail();
  const colophon = new Colophon(MOST_PRINTED);
  const spoken = new Spoken(scrubber);
  const main = el("main", {}, sequence.element, map.element, states.element, story.element);
  const footer = el("footer", { "aria-label": "Time" }, strip.element, scrubber.element);
  const skip = el("a", { class: "skip", href: "#sequence" }, "To the sequence");
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    sequence.focus();
  });
  help.querySelector("dl")?.after(el("label", {}, scrubber.pauses, " Pause at chapters"));
  document.body.replaceChildren(
    skip,
    header.element,
    notices.element,
    rail.element,
    main,
    inspector.element,
    colophon.element,
    footer,
    spoken.element,
    help,
  );
  app.add(
    header,
    notices,
    rail,
    sequence,
    map,
    states,
    story,
    inspector,
    strip,
    scrubber,
    colophon,
    spoken,
  );
  attend({ app, header, help, inspector, scrubber, sequence });
  addEventListener("hashchange", () => app.set(readAddress(location.hash)));
  app.draw();
  document.documentElement.dataset["ready"] = "true";
}

/** What a screen reader says once somebody has stopped stepping; nothing while it plays. */
class Spoken implements Part {
  readonly element = el("div", { class: "spoken", role: "status", "aria-live": "polite" });
  readonly #scrubber: Scrubber;
  #timer = 0;
  #seq = -1;

  constructor(scrubber: Scrubber) {
    this.#scrubber = scrubber;
  }

  draw(app: App): void {
    const { seq } = app.state;
    if (seq === this.#seq || !app.stepping) return;
    this.#seq = seq;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#scrubber.playing) return;
      const row = app.rows[app.rowAt()];
      const thing = app.model.things.thingAt(seq);
      const state =
        thing === undefined
          ? ""
          : ` ${thing.thing} ${thing.name} is now ${stateAt(thing, seq)?.state ?? "gone"}.`;
      this.element.textContent = row === undefined ? "" : `${sentence(row, app.model)}.${state}`;
    }, PAUSE);
  }
}

/** Nothing can be shown. */
function fail(words: string): void {
  document.body.replaceChildren(el("p", { class: "failed", role: "alert" }, words));
}

const packedIn = (id: string): string => document.getElementById(id)?.textContent.trim() ?? "";

/** Where there is a second recording, both are compared. */
const other = packedIn("other");
if (other === "") new Loading({ open, fail }).begin(packedIn("recording"));
else
  void openComparison(packedIn("recording"), other).catch((error: unknown) => fail(String(error)));
