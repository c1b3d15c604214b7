/**
 * Forms for floating IPs: one is taken from a pool, one is put on a port. Upstream: openstack_dashboard/dashboards/project/access_and_security/floating_ips/forms.py,
 * views.py, workflows.py at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { textOf } from "../../../../python/index.js";
import { associate, floatingIpPools, targetList, targetOf } from "../../api/floating-ips.js";
import { networkClient } from "../../api/network.js";
import { floatingIpList, neutronClient } from "../../api/neutron.js";
import { textIn, type Choice, type Cleaned, type Field } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import type { Workflow } from "../../forms/workflow.js";
import { quotaUsages } from "../../usage/quotas.js";
import { attempted, required } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { ACCESS_URL } from "./addresses.js";
import { told } from "./told.js";

export const allocateIp: ModalForm = {
  title: "Allocate Floating IP",
  submit: "Allocate IP",
  successUrl: ACCESS_URL,
  *fields(request) {
    const pools = yield* told(request, "Unable to retrieve floating IP pools.", () =>
      floatingIpPools(request),
    );
    const choices = pools.map((pool): Choice => [textOf(pool, "id"), textOf(pool, "name")]);
    return [
      {
        kind: "choice",
        name: "pool",
        label: "Pool",
        required: true,
        choices: choices.length > 0 ? choices : [["None", "No floating IP pools available"]],
        initial: choices[0]?.[0] ?? "None",
      },
    ];
  },
  *handle(request, cleaned, errors) {
    const done = yield* attempted(request, "Unable to allocate Floating IP.", function* () {
      const { floating_ips: left = 0 } = yield* quotaUsages(request);
      if (left <= 0) {
        errors.set("", ["You are already using all of your available floating IPs."]);
        return false;
      }
      yield* networkClient(request);
      const body = { floating_network_id: textIn(cleaned, "pool") };
      const ip = yield* neutronClient(request).create("floatingips", body);
      const address = textOf(ip, "floating_ip_address");
      request.message("success", `Allocated Floating IP ${address}.`);
      return true;
    });
    return done ?? false;
  },
  *context(request) {
    yield* attempted(request, undefined, () => quotaUsages(request));
  },
};

export function associateIp(): Workflow {
  let addresses: readonly Choice[] = [];
  const chosen = (cleaned: Cleaned): string =>
    addresses.find(([id]) => id === textIn(cleaned, "ip_id"))?.[1] ?? "unknown IP address";
  return {
    title: "Manage Floating IP Associations",
    submit: "Associate",
    successUrl: ACCESS_URL,
    success: (cleaned) => `IP address ${chosen(cleaned)} associated.`,
    failure: (cleaned) => `Unable to associate IP address ${chosen(cleaned)}.`,
    steps: [
      {
        name: "IP Address",
        *fields(request): Op<readonly Field[]> {
          const [ips, ports, target] = yield* choicesOf(request);
          addresses = ips;
          const asked = request.query.get("ip_id") ?? "";
          return [
            {
              kind: "choice",
              name: "ip_id",
              label: "IP Address",
              required: true,
              choices: ips,
              initial: asked,
            },
            {
              kind: "choice",
              name: "instance_id",
              label: "Port to be associated",
              required: true,
              choices: ports,
              initial: target,
            },
          ];
        },
      },
    ],
    *handle(request, cleaned): Op<boolean> {
      yield* associate(request, textIn(cleaned, "ip_id"), textIn(cleaned, "instance_id"));
      return true;
    },
  };
}

type Choices = readonly [ips: readonly Choice[], ports: readonly Choice[], initial: string];

function* choicesOf(request: HorizonRequest): Op<Choices> {
  const failed = "Unable to retrieve floating IP addresses.";
  const all = yield* required(request, failed, ACCESS_URL, function* () {
    yield* networkClient(request);
    return yield* floatingIpList(request);
  });
  const targets = yield* required(request, "Unable to retrieve instance list.", ACCESS_URL, () =>
    targetList(request),
  );
  const free = all
    .filter(({ port_id = null }) => port_id === null)
    .map((ip): Choice => [textOf(ip, "id"), textOf(ip, "floating_ip_address")])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const ports = targets
    .map(({ id, name }): Choice => [id, name])
    .sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
  const server = request.query.get("instance_id") ?? "";
  return [
    [
      ["", free.length > 0 ? "Select an IP address" : "No floating IP addresses allocated"],
      ...free,
    ],
    [["", ports.length > 0 ? "Select a port" : "No ports available"], ...ports],
    server === "" ? "" : targetOf(targets, server),
  ];
}
