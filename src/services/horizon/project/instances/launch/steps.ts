/**
 * Launch Instance, the steps after Details: access, networks, what is done after creation, the rest. Upstream: create_instance.py
 * (SetAccessControlsAction, SetNetworkAction, CustomizeAction, SetAdvancedAction) at 2014.2. Files are not uploaded.
 */
import { caught, type Op } from "../../../../../kernel/index.js";
import { textOf } from "../../../../../python/index.js";
import { networkClient } from "../../../api/network.js";
import { nameOrId, networkListForTenant, securityGroupList } from "../../../api/neutron.js";
import { novaClient, novaExtension } from "../../../api/nova.js";
import type { Choice, Field } from "../../../forms/field.js";
import type { Step } from "../../../forms/workflow.js";
import { listed } from "../../../web/attempts.js";
import { handle } from "../../../web/exceptions.js";
import { choose } from "../choices.js";

export const accessControls: Step = {
  name: "Access & Security",
  *fields(request): Op<readonly Field[]> {
    const keys = (yield* listed(request, "Unable to retrieve key pairs.", () =>
      novaClient(request).keypairs.all(),
    )).map((key): Choice => [textOf(key, "name"), textOf(key, "name")]);
    const groups = yield* listed(
      request,
      "Unable to retrieve list of security groups",
      function* () {
        yield* networkClient(request);
        return yield* securityGroupList(request);
      },
    );
    const [only, ...others] = keys;
    return [
      {
        kind: "choice",
        name: "keypair",
        label: "Key Pair",
        choices: choose(keys, "Select a key pair", "No key pairs available"),
        initial: others.length === 0 && only !== undefined ? only[0] : "",
      },
      {
        kind: "multiple",
        name: "groups",
        label: "Security Groups",
        required: true,
        choices: groups.map((group): Choice => [textOf(group, "name"), textOf(group, "name")]),
        initial: ["default"],
      },
    ];
  },
};

export const networking: Step = {
  name: "Networking",
  *fields(request): Op<readonly Field[]> {
    // Without a network service there is no such step.
    if (!request.user.serviceEnabled("network")) return [];
    const networks = (yield* listed(request, "Unable to retrieve networks.", () =>
      networkListForTenant(request),
    )).map((network): Choice => [textOf(network, "id"), nameOrId(network)]);
    const [only, ...others] = networks;
    return [
      {
        kind: "multiple",
        name: "network",
        label: "Networks",
        required: true,
        requiredText: "At least one network must be specified.",
        choices: networks,
        initial: others.length === 0 && only !== undefined ? [only[0]] : [],
      },
    ];
  },
};

export const postCreation: Step = {
  name: "Post-Creation",
  *fields(): Op<readonly Field[]> {
    return [
      {
        kind: "choice",
        name: "script_source",
        label: "Customization Script Source",
        required: true,
        choices: [
          ["raw", "Direct Input"],
          ["file", "File"],
        ],
        initial: "raw",
      },
      { kind: "text", name: "script_data", label: "Script Data" },
    ];
  },
};

/** @param launching whether a configuration drive can be had */
export const advanced = (launching: boolean): Step => ({
  name: "Advanced Options",
  *fields(request): Op<readonly Field[]> {
    const fields: Field[] = [];
    try {
      if (yield* novaExtension(request, "DiskConfig")) {
        fields.push({
          kind: "choice",
          name: "disk_config",
          label: "Disk Partition",
          choices: [
            ["AUTO", "Automatic"],
            ["MANUAL", "Manual"],
          ],
          initial: "AUTO",
        });
      }
      if (launching && (yield* novaExtension(request, "ConfigDrive"))) {
        fields.push({ kind: "boolean", name: "config_drive", label: "Configuration Drive" });
      }
    } catch (thrown) {
      handle(request, yield* caught(thrown), "Unable to retrieve extensions information.");
    }
    return fields;
  },
});
