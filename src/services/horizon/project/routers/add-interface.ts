/**
 * Add Interface: by a subnet, or, with an address of one's own, by a port that is made for it. Upstream:
 * openstack_dashboard/dashboards/project/routers/ports/forms.py (AddInterface), views.py at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { fixedIpsOf } from "../../api/floating-ips.js";
import { networkListForTenant, neutronClient } from "../../api/neutron.js";
import { subnetsOf } from "../../api/networks.js";
import { textIn, type Choice } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { attempted, required } from "../../web/attempts.js";
import { handle } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";
import { routerUrl } from "./addresses.js";
import { routerFields, routerGet } from "./forms.js";

export const addInterface = (id: string): ModalForm => ({
  title: "Add Interface",
  submit: "Add interface",
  successUrl: routerUrl(id),
  *fields(request) {
    const router = yield* required(request, "Unable to retrieve router.", routerUrl(id), () =>
      routerGet(request, id),
    );
    return [
      {
        kind: "choice",
        name: "subnet_id",
        label: "Subnet",
        required: true,
        choices: yield* subnetChoices(request, id),
      },
      { kind: "ip", name: "ip_address", label: "IP Address (optional)" },
      ...routerFields(router),
    ];
  },
  *handle(request, cleaned) {
    const subnet = textIn(cleaned, "subnet_id");
    const address = textIn(cleaned, "ip_address");
    const port =
      address === ""
        ? yield* bySubnet(request, id, subnet)
        : yield* byPort(request, id, subnet, address);
    const [ip] = port === undefined ? [] : fixedIpsOf(port);
    const at = ip === undefined ? "" : ` ${textOf(ip, "ip_address")}`;
    request.message("success", `Interface added${at}`);
    return true;
  },
});

function* subnetChoices(request: HorizonRequest, router: string): Op<readonly Choice[]> {
  let networks: readonly JsonObject[];
  try {
    networks = yield* networkListForTenant(request);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const message = `Failed to get network list ${error.message}`;
    request.env.log("info", message);
    request.message("error", message);
    handle(request, error, message, { redirect: routerUrl(router) });
    return [];
  }
  const choices = networks.flatMap((network) => {
    const name = textOf(network, "name");
    return subnetsOf(network).map((subnet): Choice => {
      const [id, own] = [textOf(subnet, "id"), textOf(subnet, "name")];
      const called = own === "" ? id : own;
      return [id, `${name === "" ? "" : `${name}: `}${textOf(subnet, "cidr")} (${called})`];
    });
  });
  return [["", choices.length > 0 ? "Select Subnet" : "No subnets available"], ...choices];
}

/** @returns its port, for the address; undefined if that cannot be told */
function* bySubnet(
  request: HorizonRequest,
  router: string,
  subnet_id: string,
): Op<JsonObject | undefined> {
  const client = neutronClient(request);
  const added = yield* adding(request, router, () =>
    client.actOnRouter(router, "add_router_interface", { subnet_id }),
  );
  return yield* attempted(
    request,
    undefined,
    () => client.show("ports", textOf(added, "port_id")),
    { ignore: true },
  );
}

function* byPort(
  request: HorizonRequest,
  router: string,
  subnet_id: string,
  ip_address: string,
): Op<JsonObject> {
  const client = neutronClient(request);
  const subnet = yield* adding(
    request,
    router,
    () => client.show("subnets", subnet_id),
    `Unable to get subnet "${subnet_id}"`,
  );
  const port = yield* adding(request, router, () =>
    client.create("ports", {
      network_id: textOf(subnet, "network_id"),
      fixed_ips: [{ subnet_id, ip_address }],
    }),
  );
  const port_id = textOf(port, "id");
  try {
    yield* client.actOnRouter(router, "add_router_interface", { port_id });
  } catch (thrown) {
    const error = yield* caught(thrown);
    const message = `Failed to delete port ${port_id}`;
    yield* attempted(request, message, () => client.delete("ports", port_id));
    refused(request, router, error, error.message);
  }
  return port;
}

/** @param reason default: Neutron's */
function* adding<T>(
  request: HorizonRequest,
  router: string,
  op: () => Op<T>,
  reason?: string,
): Op<T> {
  try {
    return yield* op();
  } catch (thrown) {
    const error = yield* caught(thrown);
    refused(request, router, error, reason ?? error.message);
    throw error;
  }
}

function refused(request: HorizonRequest, router: string, error: unknown, reason: string): void {
  const message = `Failed to add_interface: ${reason}`;
  request.env.log("info", message);
  handle(request, error, message, { redirect: routerUrl(router) });
}
