/** Admin, Host Aggregates, with the availability zones below. Upstream: openstack_dashboard/dashboards/admin/aggregates/tables.py, views.py at 2014.2. */
import { isObject, str, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { novaClient } from "../api/nova.js";
import { counted, type Action, type LinkAction } from "../tables/action.js";
import { AGGREGATES_URL } from "./aggregate-forms.js";
import type { TableView } from "../tables/view.js";
import { listed } from "../web/attempts.js";

const lines = (list: Json | undefined): string =>
  Array.isArray(list) ? (list as readonly Json[]).map(str).join("\n") : "";

const byName = (key: string) => (a: JsonObject, b: JsonObject) => {
  const [one, other] = [textOf(a, key).toLowerCase(), textOf(b, key).toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;
};

const link = (name: string, text: string, page: string): LinkAction<JsonObject> => ({
  kind: "link",
  name,
  text,
  modal: true,
  href: (aggregate) => `${AGGREGATES_URL}${textOf(aggregate ?? {}, "id")}/${page}`,
});

const remove: Action<JsonObject> = {
  kind: "batch",
  name: "delete",
  present: counted("Delete Host Aggregate"),
  past: counted("Deleted Host Aggregate"),
  act: (request, id) => novaClient(request).aggregates.delete(id),
};

export const aggregatesView: Omit<TableView<JsonObject>, "title"> = {
  *load(request) {
    const message = "Unable to retrieve host aggregates list.";
    const rows = yield* listed(request, message, function* () {
      return yield* novaClient(request).aggregates.all();
    });
    return { rows: rows.toSorted(byName("name")) };
  },
  spec: {
    name: "host_aggregates",
    title: "Host Aggregates",
    id: (aggregate) => textOf(aggregate, "id"),
    display: (aggregate) => textOf(aggregate, "name"),
    columns: [
      { header: "Name", cell: (aggregate) => textOf(aggregate, "name") },
      {
        header: "Availability Zone",
        cell: ({ availability_zone: zone }) => (typeof zone === "string" ? zone : null),
      },
      { header: "Hosts", cell: ({ hosts }) => lines(hosts) },
      {
        header: "Metadata",
        cell: ({ metadata }) =>
          isObject(metadata)
            ? Object.keys(metadata)
                .map((key) => `${key} = ${textOf(metadata, key)}`)
                .join("\n")
            : "",
      },
    ],
    tableActions: [
      {
        kind: "link",
        name: "create",
        text: "Create Host Aggregate",
        modal: true,
        href: () => `${AGGREGATES_URL}create/`,
      },
      remove,
    ],
    rowActions: [
      link("update", "Edit Host Aggregate", "update/"),
      link("manage", "Manage Hosts", "manage_hosts/"),
      remove,
    ],
  },
};

/** `compute-1 (Services Up)`. */
function hostsOf({ hosts }: JsonObject): string {
  if (!isObject(hosts)) return "";
  return Object.entries(hosts)
    .map(([host, services]) => {
      const all = isObject(services) ? Object.values(services) : [];
      const up = all.every((one) => isObject(one) && one["active"] === true && one["available"]);
      return `${host} (Services ${up ? "Up" : "Down"})`;
    })
    .join("\n");
}

export const zonesView: Omit<TableView<JsonObject>, "title"> = {
  *load(request) {
    const message = "Unable to retrieve availability zone list.";
    const rows = yield* listed(request, message, () => novaClient(request).availabilityZones(true));
    return { rows: rows.toSorted(byName("zoneName")) };
  },
  spec: {
    name: "availability_zones",
    title: "Availability Zones",
    id: (zone) => textOf(zone, "zoneName"),
    display: (zone) => textOf(zone, "zoneName"),
    columns: [
      { header: "Availability Zone Name", cell: (zone) => textOf(zone, "zoneName") },
      { header: "Hosts", cell: hostsOf },
      {
        header: "Available",
        cell: ({ zoneState }) =>
          isObject(zoneState) && zoneState["available"] === true ? "Yes" : "No",
      },
    ],
  },
};
