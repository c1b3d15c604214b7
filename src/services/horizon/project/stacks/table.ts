/** Project, Orchestration, Stacks: page by page, each row asked for again while something is done with its stack. Upstream: openstack_dashboard/dashboards/project/stacks/tables.py, views.py (IndexView) at 2014.2. */
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import type { RowStatus } from "../../client/index.js";
import { heatClient, stacksList } from "../../api/heat.js";
import { counted, type Action } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { timeSince, titled } from "../../text.js";
import { attempted } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { STACKS_URL, stackUrl } from "./addresses.js";

const remove: Action<JsonObject> = {
  kind: "batch",
  name: "delete",
  present: counted("Delete Stack"),
  past: counted("Deleted Stack"),
  *allowed(_request, stack) {
    return stack?.["stack_status"] !== "DELETE_COMPLETE";
  },
  act: (request, id): Op<void> => heatClient(request).deleteStack(id),
};

/** `Create In Progress`: what is done, and then how far it is. */
const STATUSES: Readonly<Record<string, RowStatus>> = { Complete: "up", Failed: "down" };

/** Heat's `stack_status` without its action. */
export const statusOf = (stack: JsonObject): string =>
  titled(textOf(stack, "stack_status").replace(/^[A-Z]+_/u, ""));

/** How long ago; `Never`. Upstream: `timesince_or_never`. */
export function sinceOrNever({ env }: HorizonRequest, date: unknown): string {
  if (typeof date !== "string" || date === "") return "Never";
  const { now, calendar } = env.kernel;
  return timeSince(Math.floor((now - calendar.parse(date.replace(/Z$/u, ""))) / 1e6));
}

export const stacksView: TableView<JsonObject> = {
  title: "Stacks",
  *load(request) {
    const before = request.query.get("prev_stack_marker");
    const marker = before ?? request.query.get("stack_marker");
    const direction = before === undefined ? "desc" : "asc";
    const found = yield* attempted(request, "Unable to retrieve stack list.", () =>
      stacksList(request, marker, direction),
    );
    const { stacks = [], more = false } = found ?? {};
    const rows = before === undefined ? stacks : stacks.toSorted(newestFirst);
    const last = textOf(rows.at(-1) ?? {}, "id");
    return { rows, more: more ? { param: "stack_marker", last } : undefined };
  },
  spec: {
    name: "stacks",
    title: "Stacks",
    id: (stack) => textOf(stack, "id"),
    display: (stack) => textOf(stack, "stack_name"),
    link: (stack) => stackUrl(textOf(stack, "id")),
    status: (stack) => STATUSES[statusOf(stack)] ?? "unknown",
    columns: [
      { header: "Stack Name", cell: (stack) => textOf(stack, "stack_name") },
      {
        header: "Created",
        cell: ({ creation_time }, request) => sinceOrNever(request, creation_time),
      },
      {
        header: "Updated",
        cell: ({ updated_time }, request) => sinceOrNever(request, updated_time),
      },
      { header: "Status", status: true, cell: statusOf },
    ],
    tableActions: [
      {
        kind: "link",
        name: "launch",
        text: "Launch Stack",
        modal: true,
        href: () => `${STACKS_URL}select_template`,
      },
      remove,
    ],
    rowActions: [
      remove,
      {
        kind: "link",
        name: "edit",
        text: "Change Stack Template",
        modal: true,
        href: (stack) => `${STACKS_URL}${textOf(stack ?? {}, "id")}/change_template`,
      },
    ],
    rowData: (request, id) => heatClient(request).stack(id),
  },
};

const newestFirst = (a: JsonObject, b: JsonObject): number => {
  const [one, other] = [textOf(a, "creation_time"), textOf(b, "creation_time")];
  return one < other ? 1 : one > other ? -1 : 0;
};
