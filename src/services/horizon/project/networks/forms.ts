/**
 * Forms for a network, a subnet and a port that there are. Upstream: openstack_dashboard/dashboards/project/networks/forms.py,
 * openstack_dashboard/dashboards/project/networks/ports/forms.py,
 * openstack_dashboard/dashboards/project/networks/subnets/workflows.py (UpdateSubnet) at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, str, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import { neutronClient } from "../../api/neutron.js";
import { networkGet } from "../../api/networks.js";
import { textIn, type Field } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import type { Workflow } from "../../forms/workflow.js";
import { required, succeeded } from "../../web/attempts.js";
import { handle } from "../../web/exceptions.js";
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

const named = (initial: string): Field => ({
  kind: "text",
  name: "name",
  label: "Name",
  longest: 255,
  initial,
});

const state = ({ admin_state_up: up }: JsonObject): Field => ({
  kind: "choice",
  name: "admin_state",
  label: "Admin State",
  required: true,
  choices: [
    ["True", "UP"],
    ["False", "DOWN"],
  ],
  initial: up === true ? "True" : "False",
});

export const updateNetwork = (id: string): ModalForm => ({
  title: "Edit Network",
  submit: "Save Changes",
  successUrl: NETWORKS_URL,
  *fields(request) {
    const message = "Unable to retrieve network details.";
    const network = yield* required(request, message, NETWORKS_URL, () => networkGet(request, id));
    return [
      named(textOf(network, "name")),
      {
        kind: "text",
        name: "network_id",
        label: "ID",
        required: true,
        readonly: true,
        initial: id,
      },
      state(network),
    ];
  },
  handle(request, cleaned) {
    const name = textIn(cleaned, "name");
    return succeeded(
      request,
      `Failed to update network ${name}`,
      function* () {
        const changes = { admin_state_up: textIn(cleaned, "admin_state") === "True", name };
        yield* neutronClient(request).update("networks", id, changes);
        request.message("success", `Network ${name} was successfully updated.`);
      },
      { redirect: NETWORKS_URL },
    );
  },
});

export const updatePort = (network: string, id: string): ModalForm => ({
  title: "Edit Port",
  submit: "Save Changes",
  successUrl: networkUrl(network),
  *fields(request) {
    const message = "Unable to retrieve port details";
    const port = yield* required(request, message, networkUrl(network), () =>
      neutronClient(request).show("ports", id),
    );
    return [named(textOf(port, "name")), state(port)];
  },
  handle: (request, cleaned) =>
    succeeded(
      request,
      `Failed to update port ${id}`,
      function* () {
        const changes = {
          name: textIn(cleaned, "name"),
          admin_state_up: textIn(cleaned, "admin_state") === "True",
        };
        yield* neutronClient(request).update("ports", id, changes);
        request.message("success", `Port ${id} was successfully updated.`);
      },
      { redirect: networkUrl(network) },
    ),
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
