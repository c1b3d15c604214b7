/** The page of a stack: its topology as a table, what it is, its resources, its events. Upstream: openstack_dashboard/dashboards/project/stacks/views.py (DetailView), tabs.py, api.py (d3_data) at 2014.2. */
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, str, textOf, type JsonObject } from "../../../../python/index.js";
import { heatClient } from "../../api/heat.js";
import type { ListPart, PagePart } from "../../client/index.js";
import { tablePart, type TableSpec } from "../../tables/table.js";
import type { Tab, TabGroup } from "../../tabs/tabs.js";
import { titled } from "../../text.js";
import { required } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { STACKS_URL } from "./addresses.js";
import { sinceOrNever } from "./table.js";

export function* stackDetail(request: HorizonRequest, id: string): Op<TabGroup> {
  const stack = yield* required(request, "Unable to retrieve stack.", STACKS_URL, () =>
    heatClient(request).stack(id),
  );
  const name = textOf(stack, "stack_name");
  const whole = `${name}/${textOf(stack, "id")}`;
  const what = (kind: string): string => `Unable to get ${kind} for stack "${name}".`;
  const resources = listTab("resources", "Resources", RESOURCES, what("resources"), (asker) =>
    heatClient(asker).resources(whole),
  );
  const events = listTab("events", "Events", EVENTS, what("events"), (asker) =>
    heatClient(asker).events(whole, undefined, {}),
  );
  return {
    slug: "stack_details",
    title: "Stack Details",
    tabs: [topology(id), overview(stack), resources, events],
  };
}

/** The stack once more, and its resources: whoever depends on whom is drawn upstream. */
const topology = (id: string): Tab => ({
  slug: "topology",
  name: "Topology",
  preload: false,
  *load(request) {
    let rows: readonly JsonObject[] = [];
    try {
      const stack = yield* heatClient(request).stack(id);
      rows = yield* heatClient(request).resources(textOf(stack, "stack_name"));
    } catch (thrown) {
      // The picture is empty then.
      yield* caught(thrown);
    }
    return () => parts(request, TOPOLOGY, rows);
  },
});

function* parts(
  request: HorizonRequest,
  spec: TableSpec<JsonObject>,
  rows: readonly JsonObject[],
): Op<readonly PagePart[]> {
  return [yield* tablePart(request, spec, rows)];
}

const overview = (stack: JsonObject): Tab => ({
  slug: "overview",
  name: "Overview",
  *load(request) {
    const status = [titled(textOf(stack, "stack_status")), textOf(stack, "stack_status_reason")];
    const { outputs, parameters } = stack;
    const list = (title: string, items: ListPart["items"]): ListPart => ({
      kind: "list",
      title,
      items,
    });
    const all = [
      list("Stack Overview", [
        ["Name", textOf(stack, "stack_name")],
        ["ID", textOf(stack, "id")],
        ["Description", textOf(stack, "description")],
      ]),
      list("Status", [
        ["Created", sinceOrNever(request, stack["creation_time"])],
        ["Last Updated", sinceOrNever(request, stack["updated_time"])],
        ["Status", status.join(": ")],
      ]),
      list(
        "Outputs",
        (Array.isArray(outputs) ? outputs : [])
          .filter(isObject)
          .map((output) => [textOf(output, "output_key"), str(output["output_value"] ?? null)]),
      ),
      list(
        "Stack Parameters",
        Object.entries(isObject(parameters) ? parameters : {}).map(([key, value]) => [
          key,
          str(value),
        ]),
      ),
    ];
    return function* () {
      return all;
    };
  },
});

const listTab = (
  slug: string,
  name: string,
  spec: TableSpec<JsonObject>,
  message: string,
  load: (request: HorizonRequest) => Op<readonly JsonObject[]>,
): Tab => ({
  slug,
  name,
  preload: false,
  *load(request) {
    let rows: readonly JsonObject[] = [];
    try {
      rows = yield* load(request);
    } catch (thrown) {
      yield* caught(thrown);
      request.message("error", message);
    }
    return () => parts(request, spec, rows);
  },
});

const orDash = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;

const status = (one: JsonObject): string => titled(textOf(one, "resource_status"));

const TOPOLOGY: TableSpec<JsonObject> = {
  name: "topology",
  title: "Topology",
  id: (one) => textOf(one, "resource_name"),
  display: (one) => textOf(one, "resource_name"),
  columns: [
    { header: "Resource", cell: (one) => textOf(one, "resource_name") },
    { header: "Type", cell: (one) => textOf(one, "resource_type") },
    {
      header: "Required By",
      cell: ({ required_by: by }) => (Array.isArray(by) ? by.map(str).join("\n") : null),
    },
    { header: "Status", cell: status },
  ],
};

const RESOURCES: TableSpec<JsonObject> = {
  name: "resources",
  title: "Stack Resources",
  id: (one) => textOf(one, "resource_name"),
  display: (one) => textOf(one, "resource_name"),
  columns: [
    { header: "Stack Resource", cell: (one) => textOf(one, "resource_name") },
    { header: "Resource", cell: ({ physical_resource_id: id }) => orDash(id) },
    { header: "Stack Resource Type", cell: (one) => textOf(one, "resource_type") },
    {
      header: "Date Updated",
      cell: ({ updated_time }, request) => sinceOrNever(request, updated_time),
    },
    { header: "Status", cell: status },
    { header: "Status Reason", cell: (one) => orDash(one["resource_status_reason"]) },
  ],
};

const EVENTS: TableSpec<JsonObject> = {
  name: "events",
  title: "Stack Events",
  id: (one) => textOf(one, "id"),
  display: (one) => textOf(one, "id"),
  columns: [
    { header: "Stack Resource", cell: (one) => textOf(one, "resource_name") },
    { header: "Resource", cell: ({ physical_resource_id: id }) => orDash(id) },
    {
      header: "Time Since Event",
      cell: ({ event_time }, request) => sinceOrNever(request, event_time),
    },
    { header: "Status", cell: status },
    { header: "Status Reason", cell: (one) => orDash(one["resource_status_reason"]) },
  ],
};
