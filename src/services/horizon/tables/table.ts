/**
 * A table of a page: columns, rows with a status, what can be done with it. Upstream: horizon/tables/base.py at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import type { PageAction, PageRow, RowStatus, TablePart } from "../client/index.js";
import type { HorizonRequest } from "../web/request.js";
import type { Action, ActionText } from "./action.js";

export interface Column<T> {
  readonly header: string;
  /** What stands in the cell; null: a dash. May ask a service. */
  readonly cell: (row: T, request: HorizonRequest) => string | null | Op<string | null>;
  /** The row's status is made of it. Upstream: `status_columns`. */
  readonly status?: true;
}

export interface TableSpec<T> {
  /** `instances`. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column<T>[];
  readonly id: (row: T) => string;
  /** Where the name in its first cell leads; undefined: nowhere. */
  readonly link?: (row: T) => string | undefined;
  /** Upstream: `get_object_display`. */
  readonly display: (row: T) => string;
  readonly status?: (row: T) => RowStatus;
  readonly tableActions?: readonly Action<T>[];
  readonly rowActions?: readonly Action<T>[];
  /** What a row is asked for again by, while its status is unknown. */
  readonly rowData?: (request: HorizonRequest, id: string) => Op<T>;
}

/** Whether there is more after the rows, and by which key of the query. */
export interface More {
  readonly param: string;
  readonly last: string;
}

/** The whole of it. What its buttons depend on is asked twice: for whether there are any, and for showing them. */
export function* tablePart<T>(
  request: HorizonRequest,
  spec: TableSpec<T>,
  data: readonly T[],
  more?: More,
): Op<TablePart> {
  const buttons = (spec.tableActions ?? []).filter(
    ({ kind }) => kind !== "batch" || data.length > 0,
  );
  for (const action of buttons) yield* offered(request, action);
  const rows: PageRow[] = [];
  for (const row of data) rows.push(yield* tableRow(request, spec, row));
  const actions: PageAction[] = [];
  for (const action of buttons) {
    const offer = yield* offered(request, action);
    if (offer !== false) actions.push(shown(spec, action, offer));
  }
  const status = spec.columns.flatMap((column, index) => (column.status === true ? [index] : []));
  return {
    kind: "table",
    name: spec.name,
    title: spec.title,
    columns: spec.columns.map(({ header }) => header),
    ...(status.length > 0 && { statusColumns: status }),
    rows,
    polled: spec.rowData !== undefined,
    empty: "No items to display.",
    footer: displaying(rows.length),
    ...(more !== undefined && { next: `${request.path}?${more.param}=${more.last}` }),
    actions,
  };
}

export const displaying = (count: number): string =>
  `Displaying ${String(count)} item${count === 1 ? "" : "s"}`;

/** One row of it: the cells, then what can be done with it. */
export function* tableRow<T>(request: HorizonRequest, spec: TableSpec<T>, row: T): Op<PageRow> {
  const cells: string[] = [];
  for (const { cell } of spec.columns) {
    const value = cell(row, request);
    const text = typeof value === "string" || value === null ? value : yield* value;
    cells.push(text ?? "-");
  }
  const actions: PageAction[] = [];
  for (const action of spec.rowActions ?? []) {
    const offer = yield* offered(request, action, row);
    if (offer !== false) actions.push(shown(spec, action, offer, row));
  }
  const href = spec.link?.(row);
  return {
    id: spec.id(row),
    name: spec.display(row),
    ...(href !== undefined && { href }),
    cells,
    ...(spec.status !== undefined && { status: spec.status(row) }),
    actions,
  };
}

/** Whether `action` is; one that fails to say is not. Upstream: `_filter_action`. */
export function* offered<T>(
  request: HorizonRequest,
  action: Action<T>,
  row?: T,
): Op<boolean | ActionText> {
  if (action.allowed === undefined) return true;
  try {
    return yield* action.allowed(request, row);
  } catch (thrown) {
    yield* caught(thrown);
    request.env.log("error", "Error while checking action permissions.");
    return false;
  }
}

/** What is red, so that nobody clicks it by mistake. Upstream: the class `btn-danger`. */
const DANGEROUS = new Set([
  ...["delete", "terminate", "soft_reboot", "reboot", "stop", "disassociate", "release"],
  ...["detach", "cleargateway", "migrate", "live_migrate", "restart"],
]);

function shown<T>(
  { name: table, id }: TableSpec<T>,
  action: Action<T>,
  offer: true | ActionText,
  row?: T,
): PageAction {
  const { name } = action;
  const danger = DANGEROUS.has(name) && { danger: true as const };
  if (action.kind === "link") {
    const { text, disabled } = offer === true ? { text: action.text, disabled: false } : offer;
    return {
      name,
      text,
      href: action.href(row),
      ...(action.modal === true && { modal: true as const }),
      ...(disabled && { disabled: true as const }),
      ...danger,
    };
  }
  const text =
    action.kind === "single" ? action.text : action.present(row === undefined ? 2 : 1, row);
  const post = [table, name, ...(row === undefined ? [] : [id(row)])].join("__");
  return { name, text, post, ...danger };
}
