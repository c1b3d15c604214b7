/**
 * From what the reader tells to the page: the first entries are shown as soon as they are there, and more
 * of them now and then, until all are. What goes wrong in the middle leaves what came before.
 */
import { EntryReader, linesOf } from "../../timeline/index.js";
import { Model } from "../../views/model/model.js";
import { App } from "../app.js";
import { prepare } from "./prepare.js";
import { readRecording, type Told } from "./read.js";

/** Rows are made anew when there are so many times as many entries, and at the end. */
const GROWTH = 4;

export interface Stage {
  /** Shows a page of what has been read so far. */
  open(app: App): void;
  /** There is nothing to show, and why. */
  fail(words: string): void;
}

export class Loading {
  readonly #stage: Stage;
  readonly #reader = new EntryReader();
  #model: Model | undefined;
  #app: App | undefined;
  #shown = 0;
  /** Nothing that is still told changes anything. */
  #over = false;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  begin(base64: string): void {
    readRecording(base64, (told) => this.#take(told));
  }

  #take(told: Told): void {
    if (this.#over) return;
    try {
      if ("text" in told) this.#read(told.text);
      else if ("end" in told) this.#end();
      else this.#break(told.wrong);
    } catch (error) {
      this.#break(error instanceof Error ? error.message : String(error));
    }
  }

  #read(text: string): void {
    for (const line of linesOf(text)) {
      const entry = this.#reader.read(line);
      this.#model ??= new Model(this.#reader.header);
      if (entry !== undefined) this.#model.add(entry);
    }
    const app = this.#app;
    const { length } = this.#model?.entries ?? [];
    if (app === undefined) this.#open();
    else if (length >= this.#shown * GROWTH) {
      this.#shown = length;
      app.grow();
    } else app.tell();
  }

  #open(): void {
    if (this.#model === undefined) return;
    const app = new App(this.#model, location.hash);
    this.#app = app;
    this.#shown = this.#model.entries.length;
    this.#stage.open(app);
  }

  #end(): void {
    const cut = this.#reader.end();
    const line = (this.#model?.entries.length ?? 0) + 2;
    this.#finish(cut ? { truncated: line } : {});
  }

  /** What was read before is shown all the same. */
  #break(wrong: string): void {
    this.#over = true;
    if (this.#app === undefined) this.#stage.fail(wrong);
    else this.#finish({ wrong });
  }

  #finish(how: { readonly truncated?: number; readonly wrong?: string }): void {
    const app = this.#app;
    if (app === undefined) return;
    this.#over = true;
    app.reading = { done: true, ...how };
    app.grow();
    document.documentElement.dataset["read"] = "true";
    prepare(app.model);
  }
}
