/** Resize Instance. Upstream: openstack_dashboard/dashboards/project/instances/workflows/resize_instance.py, views.py (ResizeView) at 2014.2. */
import type { Op } from "../../../../kernel/index.js";
import { absoluteLimits, flavorGet, flavorList, novaClient, serverGet } from "../../api/nova.js";
import { textIn, type Choice, type Field } from "../../forms/field.js";
import type { Step, Workflow } from "../../forms/workflow.js";
import { attempted, required } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { flavorChoices } from "./choices.js";
import { advanced } from "./launch/steps.js";

const INSTANCES_URL = "/project/instances/";

export function resizeInstance(id: string): Workflow {
  let name = "unknown instance";
  const chosen = (): string => `"${name}".`;
  return {
    title: "Resize Instance",
    submit: "Resize",
    successUrl: INSTANCES_URL,
    success: () => `Scheduled resize of instance ${chosen()}`,
    failure: () => `Unable to resize instance ${chosen()}`,
    steps: [flavorChoice(id, (found) => (name = found)), advanced(false)],
    *handle(request, cleaned): Op<boolean> {
      yield* novaClient(request).action(id, "resize", {
        flavorRef: textIn(cleaned, "flavor"),
        ...(cleaned["disk_config"] !== undefined && {
          "OS-DCF:diskConfig": textIn(cleaned, "disk_config"),
        }),
      });
      return true;
    },
  };
}

const flavorChoice = (id: string, called: (name: string) => void): Step => ({
  name: "Flavor Choice",
  *fields(request): Op<readonly Field[]> {
    const message = "Unable to retrieve instance details.";
    const [old, oldName, flavors] = yield* required(request, message, INSTANCES_URL, function* () {
      const server = yield* serverGet(request, id);
      called(server.name);
      const list = yield* required(request, "Unable to retrieve flavors.", INSTANCES_URL, () =>
        flavorList(request),
      );
      const own = server.flavor.id;
      const flavor = list.find((one) => one.id === own) ?? (yield* flavorGet(request, own));
      return [own, flavor.name, list] as const;
    });
    const choices = flavorChoices(flavors);
    const first: Choice = ["", choices.length > 0 ? "Select a New Flavor" : "No flavors available"];
    return [
      { kind: "text", name: "old_flavor_id", label: "Old flavor id", hidden: true, initial: old },
      {
        kind: "text",
        name: "old_flavor_name",
        label: "Old Flavor",
        readonly: true,
        initial: oldName,
      },
      {
        kind: "choice",
        name: "flavor",
        label: "New Flavor",
        required: true,
        choices: [first, ...choices],
      },
    ];
  },
  *clean(_request, cleaned, errors) {
    const flavor = textIn(cleaned, "flavor");
    if (flavor !== "" && flavor !== textIn(cleaned, "old_flavor_id")) return;
    errors.set("", ["Please choose a new flavor that is not the same as the old one."]);
  },
  *help(request: HorizonRequest): Op<void> {
    yield* attempted(request, "Unable to retrieve quota information.", function* () {
      yield* absoluteLimits(request);
      yield* flavorList(request);
    });
  },
});
