/**
 * What changes a server's addresses and security groups: the one is the host's work, the other Neutron's, which no lock keeps
 * away. Upstream: contrib/multinic.py, contrib/security_groups.py (SecurityGroupActionController) at 2014.2.
 */
import { respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  AttributeError,
  contains,
  item,
  KeyError,
  PythonTypeError,
  truth,
  typeName,
  type Json,
} from "../../../../python/index.js";
import { computeHost } from "../../compute/rpcapi.js";
import type { Instance } from "../../objects/instance.js";
import { badRequest } from "../input.js";
import { translated } from "../resources/security-groups/groups.js";
import type { NovaCall } from "../route.js";
import type { ServerAction } from "./action.js";

const MULTINIC = {
  policy: "compute_extension:multinic",
  missing: "Server not found",
  task: null,
  // A locked server is a bad request, which nobody makes a conflict.
  fault: (error: unknown) => error,
} as const;

const GROUPS = {
  policy: "compute_extension:security_groups",
  check: groupNamed,
  missing: undefined,
  needs: null,
  task: null,
  fault: (error: unknown) => error,
} as const;

export const addressActions = {
  addFixedIp: {
    ...MULTINIC,
    check: (argument) => argumentOf(argument, "networkId", "addFixedIp"),
    needs: { method: "add_fixed_ip" },
    *run(app, ctxt, instance, argument) {
      const network_id = argumentOf(argument, "networkId", "addFixedIp");
      const compute = app.computeRpc.prepare({ server: computeHost(instance) });
      yield* compute.add_fixed_ip_to_instance(ctxt, { instance, network_id });
    },
  },
  removeFixedIp: {
    ...MULTINIC,
    check: (argument) => argumentOf(argument, "address", "removeFixedIp"),
    needs: { method: "remove_fixed_ip" },
    *run(app, ctxt, instance, argument) {
      const address = argumentOf(argument, "address", "removeFixedIp");
      const compute = app.computeRpc.prepare({ server: computeHost(instance) });
      yield* compute.remove_fixed_ip_from_instance(ctxt, { instance, address });
    },
  },
  addSecurityGroup: {
    ...GROUPS,
    answers: (call, instance, argument) => changeGroup(call, instance, argument, "add"),
  },
  removeSecurityGroup: {
    ...GROUPS,
    answers: (call, instance, argument) => changeGroup(call, instance, argument, "remove"),
  },
} satisfies Record<string, ServerAction>;

/** @throws HttpFault 400; PythonTypeError for what has no members */
function argumentOf(argument: Json, key: string, action: string): Json {
  if (contains(argument, key)) return item(argument, key);
  throw badRequest(`Missing '${key}' argument for ${action}`);
}

/** @throws HttpFault 400; AttributeError for a name that is no text */
function groupNamed(argument: Json): string {
  const name = nameIn(argument);
  if (!truth(name)) throw badRequest("Security group name cannot be empty");
  if (typeof name !== "string") {
    throw new AttributeError(`'${typeName(name)}' object has no attribute 'strip'`);
  }
  if (name.trim() === "") throw badRequest("Security group name cannot be empty");
  return name;
}

function nameIn(argument: Json): Json {
  try {
    return item(argument, "name");
  } catch (error) {
    if (error instanceof PythonTypeError) throw badRequest("Missing parameter dict");
    throw error instanceof KeyError ? badRequest("Security group not specified") : error;
  }
}

function* changeGroup(
  { app, ctxt }: NovaCall,
  { uuid }: Instance,
  argument: Json,
  what: "add" | "remove",
): Op<HttpResponse> {
  const group = groupNamed(argument);
  const { securityGroups } = app;
  yield* translated(
    what === "add"
      ? securityGroups.add_to_instance(ctxt, uuid, group)
      : securityGroups.remove_from_instance(ctxt, uuid, group),
  );
  return respond(202);
}
