/**
 * Forms for a network, a subnet and a port that there are. Upstream: openstack_dashboard/dashboards/project/networks/forms.py,
 * openstack_dashboard/dashboards/project/networks/ports/forms.py,
 * openstack_dashboard/dashboards/project/networks/subnets/workflows.py (UpdateSubnet) at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, str, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import { neutronClient } from "../../api/neutron.js";
import { networkGet } from "../../api/networks.js";
import { textIn } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import type { Workflow } from "../../forms/workflow.js";
import { required } from "../../web/attempts.js";
import { handle } from "../../web/exceptions.js";
import { editForm, nameField, stateField } from "../edit-form.js";
import { NETWORKS_URL, networkUrl } from "./addresses.js";
import { subnetDetail } from "./create-network.js";
import {
  DETAIL,
  INFO,
  subnetParameters,
  WITH_SUBNET,
  withInitial,
  wrongSubnet,
} from "./subnet-fields.js";
import type { Initial } from "./subnet-fields.js";

export const updateNetwork = (id: string): ModalForm =>
  editForm({
    word: "Network",
    collection: "networks",
    id,
    back: NETWORKS_URL,
    missing: "Unable to retrieve network details.",
    load: (request) => networkGet(request, id),
    fields: (network) => [
      nameField(network),
      {
        kind: "text",
        name: "network_id",
        label: "ID",
        required: true,
        readonly: true,
        initial: id,
      },
      stateField(network),
    ],
  });

export const updatePort = (network: string, id: string): ModalForm =>
  editForm({
    word: "Port",
    collection: "ports",
    id,
    back: networkUrl(network),
    missing: "Unable to retrieve port details",
    fields: (port) => [nameField(port), stateField(port)],
    called: () => id,
  });

/** A gateway is sent only where it is another one: Neutron lets none be changed that is in use. */
export const updateSubnet = (network: string, id: string): Workflow => ({
  title: "Edit Subnet",
  submit: "Save",
  successUrl: networkUrl(network),
  wizard: true,
  success: (cleaned) => `Updated subnet "${textIn(cleaned, "subnet_name")}".`,
  failure: (cleaned) => `Unable to update subnet "${textIn(cleaned, "subnet_name")}".`,
  steps: [
    {
      name: "Subnet",
      slug: "updatesubnetinfoaction",
      *fields(request) {
        const message = "Unable to retrieve subnet details";
        const subnet = yield* required(request, message, NETWORKS_URL, () =>
          request.memoized(`subnet ${id}`, () => neutronClient(request).show("subnets", id)),
        );
        const fixed = ["cidr", "ip_version"];
        const hidden = { ...WITH_SUBNET, hidden: true };
        return [hidden, ...withInitial(INFO, initialOf(subnet))].map((field) =>
          fixed.includes(field.name)
            ? { ...field, readonly: true, hidden: field.name === "ip_version" }
            : field,
        );
      },
      *clean(_request, cleaned, errors) {
        const wrong = wrongSubnet(cleaned, 'Specify "Network Address"', false);
        if (wrong !== undefined) errors.set("", [wrong]);
      },
    },
    {
      ...subnetDetail,
      slug: "updatesubnetdetailaction",
      *fields(request) {
        const subnet = yield* request.memoized(`subnet ${id}`, () =>
          neutronClient(request).show("subnets", id),
        );
        return withInitial(DETAIL, initialOf(subnet)).map((field) =>
          ["allocation_pools", "ipv6_modes"].includes(field.name)
            ? { ...field, hidden: true }
            : field,
        );
      },
    },
  ],
  *handle(request, cleaned): Op<boolean> {
    const client = neutronClient(request);
    const cidr = textIn(cleaned, "cidr");
    try {
      const gateway = cleaned["no_gateway"] === true ? null : textIn(cleaned, "gateway_ip");
      const now = (yield* client.show("subnets", id))["gateway_ip"] ?? null;
      yield* client.update("subnets", id, {
        name: textIn(cleaned, "subnet_name"),
        ...(gateway !== now && { gateway_ip: gateway }),
        ...subnetParameters(cleaned, false),
      });
      return true;
    } catch (thrown) {
      const error = yield* caught(thrown);
      const message = `Failed to update subnet "${cidr}":  ${error.message}`;
      request.env.log("info", message);
      handle(request, error, message, { redirect: networkUrl(network) });
      return false;
    }
  },
});

const joined = (list: Json | undefined, ...keys: readonly string[]): string =>
  (Array.isArray(list) ? (list as readonly Json[]) : [])
    .map((one) => (isObject(one) ? keys.map((key) => textOf(one, key)).join(",") : str(one)))
    .join("\n");

const initialOf = (subnet: JsonObject): Initial => ({
  subnet_name: textOf(subnet, "name"),
  cidr: textOf(subnet, "cidr"),
  ip_version: textOf(subnet, "ip_version"),
  gateway_ip: (subnet["gateway_ip"] ?? null) === null ? "" : textOf(subnet, "gateway_ip"),
  no_gateway: (subnet["gateway_ip"] ?? null) === null ? ["on"] : [],
  enable_dhcp: subnet["enable_dhcp"] === true ? ["on"] : [],
  dns_nameservers: joined(subnet["dns_nameservers"]),
  allocation_pools: joined(subnet["allocation_pools"], "start", "end"),
  host_routes: joined(subnet["host_routes"], "destination", "nexthop"),
});
