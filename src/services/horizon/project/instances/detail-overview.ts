/** What the page of a server tells at once. Upstream: openstack_dashboard/dashboards/project/instances/templates/instances/_detail_overview.html at 2014.2. */
import { isObject, textOf, type JsonObject } from "../../../../python/index.js";
import type { Addresses } from "../../api/neutron.js";
import type { NovaFlavor, NovaServer } from "../../api/nova.js";
import { ruleOf, rulesOf, ruleText } from "../../api/security-groups.js";
import type { ListPart } from "../../client/index.js";
import { titled } from "../../text.js";

/** What is known of the server once its page can be shown. */
export interface Detail {
  readonly server: NovaServer;
  readonly flavor: NovaFlavor;
  readonly volumes: readonly { readonly name: string; readonly device: string }[];
  readonly groups: readonly JsonObject[];
  readonly addresses: Addresses;
}

type Items = ListPart["items"];

const list = (title: string, items: Items): ListPart => ({ kind: "list", title, items });

/** @param image the name of its image */
export function overviewParts(detail: Detail, image: string): readonly ListPart[] {
  const { server, flavor, volumes, groups, addresses } = detail;
  const ephemeral = flavor["OS-FLV-EXT-DATA:ephemeral"];
  const { fault } = server;
  return [
    list("Info", [
      ["Name", server.name],
      ["ID", server.id],
      ["Status", titled(server.status.toLowerCase())],
      ["Availability Zone", server["OS-EXT-AZ:availability_zone"] ?? "-"],
      ["Created", server.created],
    ]),
    ...(fault === undefined
      ? []
      : [
          list("Fault", [
            ["Message", fault.message],
            ["Code", String(fault.code)],
            ["Details", textOf(fault, "details")],
            ["Created", fault.created],
          ]),
        ]),
    list("Specs", [
      ["Flavor", flavor.name],
      ["RAM", ram(flavor.ram)],
      ["VCPUs", `${String(flavor.vcpus)} VCPU`],
      ["Disk", `${String(flavor.disk)}GB`],
      ...(ephemeral === 0 ? [] : [["Ephemeral Disk", `${String(ephemeral)}GB`] as const]),
    ]),
    list(
      "IP Addresses",
      Object.entries(addresses).map(
        ([network, ips]) => [titled(network), ips.map(({ addr }) => addr).join(", ")] as const,
      ),
    ),
    list(
      "Security Groups",
      groups.map((group) => {
        const names = new Map([[textOf(group, "id"), textOf(group, "name")]]);
        const rules = rulesOf(group).map((rule) => ruleText(ruleOf(rule, names)));
        return [
          textOf(group, "name"),
          rules.length === 0 ? "No rules defined." : rules.join("\n"),
        ] as const;
      }),
    ),
    list("Meta", [
      ["Key Name", server.key_name ?? "None"],
      ["Image Name", image],
      ...Object.entries(isObject(server.metadata) ? server.metadata : {}).map(
        ([key, value]) => [key, value === "" ? "N/A" : value] as const,
      ),
    ]),
    list(
      "Volumes Attached",
      volumes.length === 0
        ? [["Volume", "No volumes attached."]]
        : volumes.map(({ name, device }) => ["Attached To", `${name} on ${device}`] as const),
    ),
  ];
}

/** Upstream: `mbformat`. */
const ram = (mb: number): string =>
  mb >= 1024 ? `${String(Math.floor(mb / 1024))}GB` : `${String(mb)}MB`;
