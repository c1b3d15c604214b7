/** Host aggregates are made, changed and given hosts. Upstream: openstack_dashboard/dashboards/admin/aggregates/{workflows,forms,views}.py at 2014.2. */
import { caught, type Op } from "../../../kernel/index.js";
import { str, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { hostNames, novaClient } from "../api/nova.js";
import { listIn, textIn, type Choice, type Field } from "../forms/field.js";
import type { ModalForm } from "../forms/modal-form.js";
import type { Step, Workflow } from "../forms/workflow.js";
import { listed, required, succeeded } from "../web/attempts.js";
import { handle } from "../web/exceptions.js";
import type { HorizonRequest } from "../web/request.js";

export const AGGREGATES_URL = "/admin/aggregates/";

const MEMBERS = "add_host_to_aggregate_role_member";

const INFO: readonly Field[] = [
  { kind: "text", name: "name", label: "Name", required: true, longest: 255 },
  {
    kind: "text",
    name: "availability_zone",
    label: "Availability Zone",
    required: true,
    longest: 255,
  },
];

/** Those with a compute service, once each. */
function* hostChoices(request: HorizonRequest): Op<readonly Choice[]> {
  const names = yield* listed(request, "Unable to get the available hosts", () =>
    hostNames(request),
  );
  return [...new Set(names)].toSorted().map((name): Choice => [name, name]);
}

const hostField = (choices: readonly Choice[], initial: readonly string[]): Field => ({
  kind: "multiple",
  name: MEMBERS,
  label: "Selected hosts",
  choices,
  initial,
});

const info: Step = {
  name: "Host Aggregate Information",
  *fields() {
    return INFO;
  },
  *clean(request, cleaned, errors): Op<void> {
    const name = textIn(cleaned, "name");
    const taken = (yield* novaClient(request).aggregates.all()).some(
      (one) => textOf(one, "name").toLowerCase() === name.toLowerCase(),
    );
    if (taken) errors.set("", [`The name "${name}" is already used by another host aggregate.`]);
  },
};

const hosts: Step = {
  name: "Manage Hosts within Aggregate",
  *fields(request) {
    return [hostField(yield* hostChoices(request), [])];
  },
};

export const createAggregate = (): Workflow => ({
  title: "Create Host Aggregate",
  submit: "Create Host Aggregate",
  steps: [info, hosts],
  successUrl: AGGREGATES_URL,
  success: (cleaned) => `Created new host aggregate "${textIn(cleaned, "name")}".`,
  failure: (cleaned) => `Unable to create host aggregate "${textIn(cleaned, "name")}".`,
  *handle(request, cleaned): Op<boolean> {
    const { aggregates } = novaClient(request);
    let made: JsonObject;
    try {
      const zone = textIn(cleaned, "availability_zone");
      made = yield* aggregates.add(textIn(cleaned, "name"), zone);
    } catch (thrown) {
      handle(request, yield* caught(thrown), "Unable to create host aggregate.");
      return false;
    }
    const message = "Error adding Hosts to the aggregate.";
    for (const host of listIn(cleaned, MEMBERS)) {
      const id = textOf(made, "id");
      if (!(yield* succeeded(request, message, () => aggregates.addHost(id, host)))) return false;
    }
    return true;
  },
});

/** Its hosts are asked for when the form is built, and once more before anything is changed. */
export const manageHosts = (id: string): Workflow => ({
  title: "Add/Remove Hosts to Aggregate",
  submit: "Save",
  steps: [
    {
      name: "Manage Hosts within Aggregate",
      *fields(request) {
        const current = yield* hostsOf(request, id);
        return [hostField(yield* hostChoices(request), current)];
      },
    },
  ],
  successUrl: AGGREGATES_URL,
  success: () => "The Aggregate was updated.",
  failure: () => "Unable to update the aggregate.",
  *handle(request, cleaned): Op<boolean> {
    const current = yield* hostsOf(request, id);
    const wanted = listIn(cleaned, MEMBERS);
    const { aggregates } = novaClient(request);
    return yield* succeeded(request, "Error when adding or removing hosts.", function* () {
      for (const host of current) {
        if (!wanted.includes(host)) yield* aggregates.removeHost(id, host);
      }
      for (const host of wanted) {
        if (!current.includes(host)) yield* aggregates.addHost(id, host);
      }
    });
  },
});

function* hostsOf(request: HorizonRequest, id: string): Op<readonly string[]> {
  const { hosts: found } = yield* novaClient(request).aggregates.one(id);
  return Array.isArray(found) ? (found as readonly Json[]).map(str) : [];
}

export const updateAggregate = (id: string): ModalForm => ({
  title: "Edit Host Aggregate",
  submit: "Save",
  successUrl: AGGREGATES_URL,
  *fields(request) {
    const message = "Unable to retrieve the aggregate to be updated";
    const found = yield* required(request, message, AGGREGATES_URL, () =>
      novaClient(request).aggregates.one(id),
    );
    const { availability_zone: zone } = found;
    const initial = [textOf(found, "name"), typeof zone === "string" ? zone : ""];
    return INFO.map((field, index) => ({ ...field, initial: initial[index] ?? "" }));
  },
  *handle(request, cleaned) {
    const [name, zone] = [textIn(cleaned, "name"), textIn(cleaned, "availability_zone")];
    yield* succeeded(request, "Unable to update the aggregate.", function* () {
      yield* novaClient(request).aggregates.change(id, { name, availability_zone: zone });
      request.message("success", `Successfully updated aggregate: "${name}."`);
    });
    // Whatever came of it, the dialogue closes.
    return true;
  },
});
