/**
 * Create Network, a wizard, and Create Subnet, which is its second half. A network whose subnet Neutron refuses is deleted again.
 * Upstream: openstack_dashboard/dashboards/project/networks/workflows.py, subnets/workflows.py (CreateSubnet) at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { nameOrId, neutronClient } from "../../api/neutron.js";
import { networkGet } from "../../api/networks.js";
import { textIn, type Cleaned } from "../../forms/field.js";
import type { Step, Workflow } from "../../forms/workflow.js";
import { required } from "../../web/attempts.js";
import { handle, Http302 } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";
import { NETWORKS_URL, networkUrl } from "./addresses.js";
import {
  DETAIL,
  INFO,
  subnetParameters,
  WITH_SUBNET,
  wrongDetail,
  wrongSubnet,
} from "./subnet-fields.js";

/** @param index where it ends: it is called from the network topology as well */
export function createNetwork(index = NETWORKS_URL): Workflow {
  let made = "";
  const name = (cleaned: Cleaned): string => {
    const written = textIn(cleaned, "net_name");
    return written === "" ? made : written;
  };
  return {
    title: "Create Network",
    submit: "Create",
    wizard: true,
    successUrl: index,
    success: (cleaned) => `Created network "${name(cleaned)}".`,
    failure: (cleaned) => `Unable to create network "${name(cleaned)}".`,
    steps: [networkInfo, subnetInfo, subnetDetail],
    *handle(request, cleaned): Op<boolean> {
      const network = yield* makeNetwork(request, cleaned, index);
      made = textOf(network, "id");
      if (cleaned["with_subnet"] !== true) return true;
      const place = { id: made, name: nameOrId(network) };
      if (yield* makeSubnet(request, cleaned, place)) return true;
      yield* deleteNetwork(request, place, index);
      return false;
    },
  };
}

const networkInfo: Step = {
  name: "Network",
  slug: "createnetworkinfoaction",
  *fields() {
    return [
      { kind: "text", name: "net_name", label: "Network Name", longest: 255 },
      {
        kind: "choice",
        name: "admin_state",
        label: "Admin State",
        required: true,
        choices: [
          ["True", "UP"],
          ["False", "DOWN"],
        ],
        initial: "True",
      },
    ];
  },
};

const subnetInfo: Step = {
  name: "Subnet",
  slug: "createsubnetinfoaction",
  *fields() {
    return [WITH_SUBNET, ...INFO];
  },
  *clean(_request, cleaned, errors) {
    if (cleaned["with_subnet"] !== true) return;
    const missing = 'Specify "Network Address" or clear "Create Subnet" checkbox.';
    const wrong = wrongSubnet(cleaned, missing);
    if (wrong !== undefined) errors.set("", [wrong]);
  },
};

export const subnetDetail: Step = {
  name: "Subnet Detail",
  slug: "createsubnetdetailaction",
  *fields() {
    return DETAIL;
  },
  *clean(_request, cleaned, errors) {
    const wrong = wrongDetail(cleaned);
    if (wrong !== undefined) errors.set("", [wrong]);
  },
};

function* makeNetwork(request: HorizonRequest, cleaned: Cleaned, index: string): Op<JsonObject> {
  const name = textIn(cleaned, "net_name");
  try {
    const network = { name, admin_state_up: textIn(cleaned, "admin_state") === "True" };
    return yield* neutronClient(request).create("networks", network);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const message = `Failed to create network "${name}": ${error.message}`;
    request.env.log("info", message);
    handle(request, error, message, { redirect: index });
    throw error;
  }
}

interface Place {
  readonly id: string;
  readonly name: string;
}

/** @returns whether it was made; if not, a message tells Neutron's reason */
function* makeSubnet(
  request: HorizonRequest,
  cleaned: Cleaned,
  network: Place,
  redirect?: string,
): Op<boolean> {
  const cidr = textIn(cleaned, "cidr");
  const gateway = textIn(cleaned, "gateway_ip");
  try {
    yield* neutronClient(request).create("subnets", {
      network_id: network.id,
      ip_version: Number(textIn(cleaned, "ip_version")),
      cidr,
      name: textIn(cleaned, "subnet_name"),
      ...(cleaned["no_gateway"] === true
        ? { gateway_ip: null }
        : gateway !== "" && { gateway_ip: gateway }),
      ...subnetParameters(cleaned, true),
    });
    return true;
  } catch (thrown) {
    const error = yield* caught(thrown);
    const message = `Failed to create subnet "${cidr}" for network "${network.name}":  ${error.message}`;
    handle(request, error, message, redirect === undefined ? {} : { redirect });
    return false;
  }
}

/** That it says it failed when it did not is upstream's: it leaves by an exception that it catches. */
function* deleteNetwork(request: HorizonRequest, network: Place, index: string): Op<never> {
  try {
    yield* neutronClient(request).delete("networks", network.id);
    const message = `Delete the created network "${network.name}" due to subnet creation failure.`;
    request.message("info", message);
    throw new Http302(index);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const message = `Failed to delete network "${network.name}"`;
    request.env.log("info", message);
    handle(request, error, message, { redirect: index });
    throw error;
  }
}

export function createSubnet(network: string): Workflow {
  let name = "";
  const url = networkUrl(network);
  return {
    title: "Create Subnet",
    submit: "Create",
    successUrl: url,
    wizard: true,
    success: (cleaned) => `Created subnet "${textIn(cleaned, "subnet_name")}".`,
    failure: (cleaned) => `Unable to create subnet "${textIn(cleaned, "subnet_name")}".`,
    steps: [
      {
        name: "Subnet",
        slug: "createsubnetinfoaction",
        *fields(request) {
          const message = "Unable to retrieve network.";
          const found = yield* required(request, message, NETWORKS_URL, () =>
            networkGet(request, network),
          );
          name = nameOrId(found);
          return [{ ...WITH_SUBNET, hidden: true }, ...INFO];
        },
        *clean(_request, cleaned, errors) {
          const wrong = wrongSubnet(cleaned, 'Specify "Network Address"');
          if (wrong !== undefined) errors.set("", [wrong]);
        },
      },
      subnetDetail,
    ],
    *handle(request, cleaned): Op<boolean> {
      return yield* makeSubnet(request, cleaned, { id: network, name }, url);
    },
  };
}
