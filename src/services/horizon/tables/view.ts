/**
 * A page of tables: shown, one row of it asked for again by a script, or something done with its rows. Before anything is done
 * all data is loaded as for showing it. Upstream: horizon/tables/views.py, base.py (maybe_preempt, maybe_handle),
 * actions.py (BatchAction.handle) at 2014.2.
 */
import { respond } from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { toJson } from "../../../python/index.js";
import { page, redirect, type Answer } from "../web/answer.js";
import { failureOf, handle, WithSafeMessage } from "../web/exceptions.js";
import type { HorizonRequest } from "../web/request.js";
import type { PagePart } from "../client/index.js";
import type { Action, BatchAction } from "./action.js";
import { offered, tablePart, tableRow, type More, type TableSpec } from "./table.js";

export interface Loaded<T> {
  readonly rows: readonly T[];
  readonly more?: More | undefined;
}

export interface TableView<T> {
  readonly title: string;
  readonly spec: TableSpec<T>;
  readonly load: (request: HorizonRequest) => Op<Loaded<T>>;
}

/** What a request for one page of tables asks of one of them. */
interface Handled {
  readonly table: string;
  readonly action: string;
  readonly id: string | undefined;
}

/** A table of one request, whatever its rows are: its data is loaded once. */
export interface BoundTable {
  /** What is answered before any data is loaded. */
  preempt(request: HorizonRequest): Op<Answer | undefined>;
  load(request: HorizonRequest): Op<void>;
  /** Do what was asked of its rows, once they are loaded. */
  handle(request: HorizonRequest): Op<Answer | undefined>;
  part(request: HorizonRequest): Op<PagePart>;
  /** Whether the request is for something of this table. */
  isMeant(request: HorizonRequest): boolean;
}

export function bound<T>({ spec, load }: Pick<TableView<T>, "spec" | "load">): BoundTable {
  let loaded: Loaded<T> | undefined;
  return {
    preempt: (request) => preempted(request, spec),
    *load(request) {
      loaded ??= yield* load(request);
    },
    handle: (request) => handled(request, spec, loaded ?? NOTHING),
    part: (request) => tablePart(request, spec, loaded?.rows ?? [], loaded?.more),
    isMeant: (request) => whatIsAsked(request)?.table === spec.name,
  };
}

const NOTHING = { rows: [] };

/** A page with one table. */
export const tableView = <T>(request: HorizonRequest, view: TableView<T>): Op<Answer> =>
  tablesView(request, { title: view.title, tables: [bound(view)] });

/** A page with several tables, whose data is loaded before anything is done with one of them. */
export function* tablesView(
  request: HorizonRequest,
  { title, tables, above }: TablesView,
): Op<Answer> {
  for (const table of tables) {
    const answer = yield* table.preempt(request);
    if (answer !== undefined) return answer;
  }
  for (const table of tables) yield* table.load(request);
  for (const table of tables) {
    const done = yield* table.handle(request);
    if (done !== undefined) return done;
  }
  const context = above === undefined ? [] : yield* above(request);
  return page(title, function* () {
    const parts: PagePart[] = [...context];
    for (const table of tables) parts.push(yield* table.part(request));
    return parts;
  });
}

export interface TablesView {
  readonly title: string;
  readonly tables: readonly BoundTable[];
  /** What stands above them, asked for when they are loaded. Upstream: `get_context_data`. */
  readonly above?: (request: HorizonRequest) => Op<readonly PagePart[]>;
}

/** What is answered before the data is loaded: one row, one button. */
function* preempted<T>(request: HorizonRequest, spec: TableSpec<T>): Op<Answer | undefined> {
  const { action, id = "", table } = whatIsAsked(request) ?? {};
  if (table !== spec.name) return undefined;
  if (action === "row_update" && spec.rowData !== undefined) {
    try {
      const row = yield* spec.rowData(request, id);
      return raw(200, toJson(yield* tableRow(request, spec, row)));
    } catch (thrown) {
      const error = yield* caught(thrown);
      handle(request, error, undefined, { ignore: true });
      // That of a recoverable error is 100, which no browser takes for an answer.
      return raw(STATUS[failureOf(error) ?? "recoverable"], "");
    }
  }
  const button = spec.tableActions?.find(({ name, kind }) => name === action && kind === "link");
  if (button === undefined || request.method !== "GET") return undefined;
  yield* offered(request, button);
  return raw(200, "");
}

const STATUS = { "not found": 404, unauthorized: 401, recoverable: 100 } as const;

const raw = (status: number, body: ReturnType<typeof toJson>): Answer => ({
  kind: "raw",
  response: respond(status, body, { "content-type": "text/html; charset=utf-8" }),
});

/** Do what was asked of the rows. Undefined: nothing was, or the page is to be shown as it is. */
function* handled<T>(
  request: HorizonRequest,
  spec: TableSpec<T>,
  { rows }: Loaded<T>,
): Op<Answer | undefined> {
  if (request.method !== "POST") return undefined;
  const asked = whatIsAsked(request);
  if (asked?.table !== spec.name) return undefined;
  const all: readonly Action<T>[] = [...(spec.tableActions ?? []), ...(spec.rowActions ?? [])];
  const action = all.find(({ name, kind }) => name === asked.action && kind !== "link");
  if (action === undefined) return undefined;
  const ids = asked.id === undefined ? request.post.getAll("object_ids") : [asked.id];
  const [id] = ids;
  if (id === undefined) {
    request.message("info", "Please select a row before taking that action.");
    return undefined;
  }
  if (action.kind === "single") {
    const row = rows.find((one) => spec.id(one) === id);
    return yield* action.act(request, id, row);
  }
  return action.kind === "batch" ? yield* batch(request, spec, rows, action, ids) : undefined;
}

function whatIsAsked({ method, post, query }: HorizonRequest): Handled | undefined {
  const posted = method === "POST" ? post.get("action") : undefined;
  if (posted !== undefined) {
    const [table = "", action = "", id] = posted.split("__");
    return { table, action, id };
  }
  const table = query.get("table");
  const action = query.get("action");
  if (table === undefined || action === undefined) return undefined;
  return { table, action, id: query.get("obj_id") };
}

function* batch<T>(
  request: HorizonRequest,
  spec: TableSpec<T>,
  rows: readonly T[],
  action: BatchAction<T>,
  ids: readonly string[],
): Op<Answer> {
  const done: string[] = [];
  const failed: string[] = [];
  const refused: string[] = [];
  let last: T | undefined;
  for (const id of ids) {
    const row = rows.find((one) => spec.id(one) === id);
    // Upstream goes back to the table without its query, and without a word.
    if (row === undefined) return redirect(request.path);
    last = row;
    const name = spec.display(row) === "" ? "N/A" : spec.display(row);
    if ((yield* offered(request, action, row)) === false) {
      refused.push(name);
      request.env.log(
        "info",
        `Permission denied to ${action.past(1, row).toLowerCase()}: "${name}"`,
      );
      continue;
    }
    try {
      yield* action.act(request, id, row);
      done.push(name);
      request.env.log("info", `${action.past(1, row)}: "${name}"`);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const safe = error instanceof WithSafeMessage;
      if (!safe) failed.push(name);
      handle(request, error, undefined, { ignore: !safe });
    }
  }
  const present = (names: readonly string[]): string =>
    action.present(names.length, last).toLowerCase();
  if (refused.length > 0) {
    request.message("error", `You are not allowed to ${present(refused)}: ${refused.join(", ")}`);
  }
  if (failed.length > 0) {
    request.message("error", `Unable to ${present(failed)}: ${failed.join(", ")}`);
  }
  if (done.length > 0) {
    const level = refused.length + failed.length > 0 ? "info" : "success";
    request.message(level, `${action.past(done.length, last)}: ${done.join(", ")}`);
  }
  return redirect(action.successUrl ?? request.fullPath);
}
