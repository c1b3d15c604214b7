/**
 * Pages of one subnet and of one port. That a port's addresses are never shown there is upstream's: its template asks a list for its
 * items. Upstream: openstack_dashboard/dashboards/project/networks/subnets/tabs.py, ports/tabs.py and their
 * _detail_overview.html at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { isObject, str, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import { networkExtension, neutronClient } from "../../api/neutron.js";
import { adminState } from "../../api/networks.js";
import { page, type Answer } from "../../web/answer.js";
import { required } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { NETWORKS_URL } from "./addresses.js";

const or = (thing: JsonObject, key: string, none: string): string => {
  const value = thing[key] ?? "";
  return value === "" ? none : textOf(thing, key);
};

const lines = (list: Json | undefined, line: (one: JsonObject) => string, none: string): string => {
  const all = Array.isArray(list) ? (list as readonly Json[]) : [];
  return all.length === 0
    ? none
    : all.map((one) => (isObject(one) ? line(one) : str(one))).join("\n");
};

export function* subnetPage(request: HorizonRequest, id: string): Op<Answer> {
  const message = "Unable to retrieve subnet details.";
  const subnet = yield* required(request, message, NETWORKS_URL, () =>
    neutronClient(request).show("subnets", id),
  );
  const part = (title: string, items: readonly (readonly [string, string])[]) =>
    ({ kind: "list", title, items }) as const;
  return page("Subnet Details", function* () {
    return [
      part("Subnet Overview", [
        ["Name", or(subnet, "name", "None")],
        ["ID", id],
        ["Network ID", or(subnet, "network_id", "None")],
        ["IP version", `IPv${textOf(subnet, "ip_version")}`],
        ["CIDR", or(subnet, "cidr", "None")],
        [
          "IP allocation pool",
          lines(
            subnet["allocation_pools"],
            (pool) => `Start ${textOf(pool, "start")} - End ${textOf(pool, "end")}`,
            "",
          ),
        ],
        ["Gateway IP", or(subnet, "gateway_ip", "-")],
        ["DHCP Enable", subnet["enable_dhcp"] === true ? "Yes" : "No"],
        [
          "Additional routes",
          lines(
            subnet["host_routes"],
            (route) =>
              `Destination ${textOf(route, "destination")} : Next hop ${textOf(route, "nexthop")}`,
            "None",
          ),
        ],
        ["DNS name server", lines(subnet["dns_nameservers"], () => "", "None")],
      ]),
    ];
  });
}

export function* portPage(request: HorizonRequest, id: string): Op<Answer> {
  const message = "Unable to retrieve port details.";
  const port = yield* required(request, message, NETWORKS_URL, () =>
    neutronClient(request).show("ports", id),
  );
  yield* networkExtension(request, "mac-learning");
  const owner = or(port, "device_owner", "");
  const device = or(port, "device_id", "");
  return page("Port Details", function* () {
    return [
      {
        kind: "list",
        title: "Port",
        items: [
          ["Name", or(port, "name", "None")],
          ["ID", id],
          ["Network ID", or(port, "network_id", "None")],
          ["Project ID", or(port, "tenant_id", "-")],
          ["Fixed IP", "None"],
          ["Mac Address", or(port, "mac_address", "None")],
          ["Status", or(port, "status", "None")],
          ["Admin State", adminState(port)],
          [
            "Attached Device",
            device === "" && owner === ""
              ? "No attached device"
              : `Device Owner: ${owner === "" ? "None" : owner}\nDevice ID: ${device === "" ? "-" : device}`,
          ],
        ],
      },
    ];
  });
}
