/**
 * The script of a page that asks for rows again whose status is not settled: at once, and then ever less often. Each answer
 * begins a round of its own that asks for all such rows, so that with several of them rounds multiply (Launchpad 1263665).
 * Upstream: horizon/static/horizon/js/horizon.tables.js (update), horizon.communication.js (ajax.queue) at 2014.2.
 */
import type { HttpResponse } from "../../http/index.js";
import { caught, milliseconds, sleep, type Duration, type Op } from "../../kernel/index.js";
import { quotePlus } from "../../python/index.js";
import type { PageRow, TablePart } from "../../services/horizon/client/index.js";

/** `ajax_poll_interval`. */
const INTERVAL = 2500;
const LONGEST = 30_000;
/** `ajax_queue_limit`. */
const AT_ONCE = 10;

export interface PollerHost {
  /** Begin something that nobody waits for. */
  spawn(name: string, op: Op<void>): void;
  /** Ask for a path as a script does. */
  fetch(path: string): Op<HttpResponse>;
  /** The row of an answer; undefined if it is none. */
  row(response: HttpResponse): PageRow | undefined;
}

export class RowPoller {
  readonly #host: PollerHost;
  readonly #path: string;
  readonly #waiting: (() => Op<void>)[] = [];
  /** Rows whose answer was an error: nobody asks for them again. */
  readonly #given = new Set<string>();
  #table: TablePart;
  #running = 0;
  #decay: number | undefined;
  #left = false;

  /** @param path of the page, with its query */
  constructor(host: PollerHost, path: string, table: TablePart) {
    this.#host = host;
    this.#path = path;
    this.#table = table;
  }

  /** The table, as it looks by now. */
  get table(): TablePart {
    return this.#table;
  }

  start(): void {
    this.#host.spawn("poll rows", this.#round());
  }

  /** The page is left: its scripts end. */
  leave(): void {
    this.#left = true;
    this.#waiting.length = 0;
  }

  *#round(): Op<void> {
    if (this.#left) return;
    const rows = this.#table.rows.filter(
      ({ id, status }) => status === "unknown" && !this.#given.has(id),
    );
    const round = { decay: this.#decay };
    for (const { id } of rows) this.#queue(() => this.#ask(id, round));
  }

  /** As many as may be under way at once; the one that came last goes first. */
  #queue(op: () => Op<void>): void {
    this.#waiting.push(op);
    this.#next();
  }

  #next(): void {
    if (this.#running >= AT_ONCE) return;
    const op = this.#waiting.pop();
    if (op === undefined) return;
    this.#running++;
    this.#host.spawn("update row", this.#run(op));
  }

  *#run(op: () => Op<void>): Op<void> {
    try {
      yield* op();
    } finally {
      this.#running--;
      this.#next();
    }
  }

  *#ask(id: string, round: { decay: number | undefined }): Op<void> {
    const { name } = this.#table;
    const [path = "", query = ""] = this.#path.split("?");
    const kept = query === "" ? "" : `${query}&`;
    const asked = `${path}?${kept}action=row_update&table=${name}&obj_id=${quotePlus(id)}`;
    let response: HttpResponse | undefined;
    try {
      response = yield* this.#host.fetch(asked);
    } catch (thrown) {
      yield* caught(thrown);
    }
    if (this.#left) return;
    this.#take(id, response);
    round.decay = (round.decay ?? 0) + 1;
    this.#decay = round.decay;
    const pause = Math.min(INTERVAL * round.decay, LONGEST);
    this.#host.spawn("poll rows", this.#later(milliseconds(pause)));
  }

  *#later(pause: Duration): Op<void> {
    yield* sleep(pause);
    yield* this.#round();
  }

  #take(id: string, response: HttpResponse | undefined): void {
    if (response?.status === 404) {
      const rows = this.#table.rows.filter((row) => row.id !== id);
      const footer = `Displaying ${String(rows.length)} item${rows.length === 1 ? "" : "s"}`;
      this.#table = { ...this.#table, rows, footer };
      // Buttons that a quota may have closed are asked for again.
      if (this.#table.actions.some(({ name }) => name === "launch")) {
        const [path = ""] = this.#path.split("?");
        this.#queue(() => this.#button(`${path}?action=launch&table=${this.#table.name}`));
      }
      return;
    }
    const row = response?.status === 200 ? this.#host.row(response) : undefined;
    if (row === undefined) {
      // An answer without a row leaves nothing where the row was.
      if (response?.status === 200) this.#without(id);
      else this.#given.add(id);
      return;
    }
    const rows = this.#table.rows.map((one) => (one.id === id ? row : one));
    if (JSON.stringify(rows) !== JSON.stringify(this.#table.rows)) {
      this.#table = { ...this.#table, rows };
      this.#decay = undefined;
    }
  }

  #without(id: string): void {
    this.#table = { ...this.#table, rows: this.#table.rows.filter((row) => row.id !== id) };
  }

  *#button(path: string): Op<void> {
    try {
      yield* this.#host.fetch(path);
    } catch (thrown) {
      yield* caught(thrown);
    }
  }
}
