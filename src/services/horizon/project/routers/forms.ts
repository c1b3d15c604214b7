/**
 * Forms for routers: one is made, renamed, given a gateway. That a router may be distributed or highly available is off in the
 * settings. Upstream: openstack_dashboard/dashboards/project/routers/forms.py, ports/forms.py (SetGatewayForm) at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { NeutronClientException } from "../../../neutron/client/index.js";
import { networkList, neutronClient } from "../../api/neutron.js";
import { textIn, type Choice, type Field } from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { required } from "../../web/attempts.js";
import { handle } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";
import { editForm, stateField } from "../edit-form.js";
import { ROUTERS_URL } from "./addresses.js";

/** @param index where it ends: it is called from the network topology as well */
export const createRouter = (index = ROUTERS_URL): ModalForm => ({
  title: "Create Router",
  submit: "Create Router",
  successUrl: index,
  *fields() {
    return [{ kind: "text", name: "name", label: "Router Name", required: true, longest: 255 }];
  },
  *handle(request, cleaned) {
    const name = textIn(cleaned, "name");
    try {
      yield* neutronClient(request).create("routers", { name });
      request.message("success", `Router ${name} was successfully created.`);
      return true;
    } catch (thrown) {
      const error = yield* caught(thrown);
      const conflict = error instanceof NeutronClientException && error.status === 409;
      const message = conflict
        ? "Quota exceeded for resource router."
        : `Failed to create router "${name}".`;
      request.env.log("info", message);
      handle(request, error, message, { redirect: ROUTERS_URL });
      return false;
    }
  },
});

export const updateRouter = (id: string): ModalForm =>
  editForm({
    word: "Router",
    collection: "routers",
    id,
    back: ROUTERS_URL,
    missing: "Unable to retrieve router details.",
    fields: (router) => [
      { kind: "text", name: "name", label: "Name", initial: textOf(router, "name") },
      stateField(router),
      { kind: "text", name: "router_id", label: "ID", hidden: true, initial: id },
    ],
  });

export const routerGet = (request: HorizonRequest, id: string): Op<JsonObject> =>
  neutronClient(request).show("routers", id);

/** What a form says of the router that it is for, and nobody can change. */
export const routerFields = (router: JsonObject): readonly Field[] => [
  {
    kind: "text",
    name: "router_name",
    label: "Router Name",
    required: true,
    readonly: true,
    initial: textOf(router, "name"),
  },
  {
    kind: "text",
    name: "router_id",
    label: "Router ID",
    required: true,
    readonly: true,
    initial: textOf(router, "id"),
  },
];

export const setGateway = (id: string): ModalForm => ({
  title: "Set Gateway",
  submit: "Set Gateway",
  successUrl: ROUTERS_URL,
  *fields(request) {
    const router = yield* required(request, "Unable to set gateway.", ROUTERS_URL, () =>
      routerGet(request, id),
    );
    const choices = yield* networkChoices(request);
    return [
      {
        kind: "choice",
        name: "network_id",
        label: "External Network",
        required: true,
        choices,
      },
      ...routerFields(router),
    ];
  },
  *handle(request, cleaned) {
    try {
      const gateway = { network_id: textIn(cleaned, "network_id") };
      yield* neutronClient(request).update("routers", id, { external_gateway_info: gateway });
      request.message("success", "Gateway interface is added");
      return true;
    } catch (thrown) {
      const error = yield* caught(thrown);
      const message = `Failed to set gateway ${error.message}`;
      request.env.log("info", message);
      handle(request, error, message, { redirect: ROUTERS_URL });
      return false;
    }
  },
});

function* networkChoices(request: HorizonRequest): Op<readonly Choice[]> {
  let networks: readonly JsonObject[];
  try {
    networks = yield* networkList(request, { "router:external": "True" });
  } catch (thrown) {
    const error = yield* caught(thrown);
    const message = `Failed to get network list ${error.message}`;
    request.env.log("info", message);
    request.message("error", message);
    handle(request, error, message, { redirect: ROUTERS_URL });
    return [];
  }
  const choices = networks.map((network): Choice => {
    const [id, name] = [textOf(network, "id"), textOf(network, "name")];
    return [id, name === "" ? id : name];
  });
  return [["", choices.length > 0 ? "Select network" : "No networks available"], ...choices];
}
