/**
 * Evacuate Host: all servers of a host that is down are rebuilt on another one, one call each; which of them failed is not told.
 * Upstream: openstack_dashboard/dashboards/admin/hypervisors/compute/{tables,forms,views}.py, openstack_dashboard/api/nova.py
 * (evacuate_host) at 2014.2.
 */
import { ClientException } from "../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { novaClient, novaExtension } from "../api/nova.js";
import { textIn, type Choice } from "../forms/field.js";
import type { ModalForm } from "../forms/modal-form.js";
import type { LinkAction } from "../tables/action.js";
import { required, succeeded } from "../web/attempts.js";
import type { HorizonRequest } from "../web/request.js";

export const HYPERVISORS_URL = "/admin/hypervisors/";

export const evacuate: LinkAction<JsonObject> = {
  kind: "link",
  name: "evacuate",
  text: "Evacuate Host",
  modal: true,
  href: (service) => `${HYPERVISORS_URL}${textOf(service ?? {}, "host")}/evacuate_host`,
  *allowed(request, service) {
    return (yield* novaExtension(request, "AdminActions")) && service?.["state"] === "down";
  },
};

export const evacuateHost = (host: string): ModalForm => ({
  title: "Evacuate Host",
  submit: "Evacuate Host",
  successUrl: HYPERVISORS_URL,
  *fields(request) {
    const message = "Unable to retrieve compute host information.";
    const services = yield* required(request, message, HYPERVISORS_URL, () =>
      novaClient(request).services.all(undefined, "nova-compute"),
    );
    const others = services
      .filter((service) => service.state === "up" && service.host !== host)
      .map((service): Choice => [service.host, service.host])
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    const first = others.length > 0 ? "Select a target host" : "No other hosts available.";
    return [
      { kind: "text", name: "current_host", label: "Current Host", readonly: true, initial: host },
      {
        kind: "choice",
        name: "target_host",
        label: "Target Host",
        required: true,
        choices: [["", first], ...others],
        initial: "",
      },
      { kind: "boolean", name: "on_shared_storage", label: "Shared Storage" },
    ];
  },
  handle(request, cleaned) {
    const target = textIn(cleaned, "target_host");
    return succeeded(
      request,
      `Failed to evacuate host: ${host}.`,
      function* () {
        yield* evacuated(request, host, target, cleaned["on_shared_storage"] === true);
        request.message("success", `Starting evacuation from ${host} to ${target}.`);
      },
      { redirect: HYPERVISORS_URL },
    );
  },
});

/** @throws ClientException if one of them could not be */
function* evacuated(
  request: HorizonRequest,
  host: string,
  target: string,
  shared: boolean,
): Op<void> {
  const nova = novaClient(request);
  let failure: ClientException | undefined;
  for (const hypervisor of yield* nova.hypervisors.search(host, true)) {
    const { servers } = hypervisor;
    const all = Array.isArray(servers) ? (servers as readonly Json[]).filter(isObject) : [];
    for (const server of all) {
      try {
        yield* nova.serverActions.evacuate(textOf(server, "uuid"), { shared, host: target });
      } catch (thrown) {
        const error = yield* caught(thrown);
        if (!(error instanceof ClientException)) throw error;
        failure = error;
      }
    }
  }
  if (failure !== undefined) throw failure;
}
