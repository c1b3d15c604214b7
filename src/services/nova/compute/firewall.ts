/**
 * What a host is told of nova's own firewall: that rules have changed. Its driver has none to change where
 * Neutron guards the ports (NoopFirewallDriver). Upstream: nova/compute/manager.py (refresh_*) at 2014.2.
 */
import type { ArgsIn } from "../../../bus/index.js";
import type { Op } from "../../../kernel/index.js";
import { str } from "../../../python/index.js";
import { bindsArguments, wrapException, type Method } from "./decorators.js";
import type { computeApi } from "./rpcapi.js";

type Args<M extends keyof (typeof computeApi)["methods"]> = ArgsIn<typeof computeApi, M>;

/** A message of which the driver makes nothing. */
const ignored = <
  M extends
    "refresh_provider_fw_rules" | "refresh_security_group_rules" | "refresh_security_group_members",
>(
  name: M,
): Method<Args<M>> =>
  wrapException<Args<M>>(
    name,
    bindsArguments(name, function* () {
      // Nothing is filtered here.
    }),
  );

export const refreshProviderRules = ignored("refresh_provider_fw_rules");
export const refreshGroupRules = ignored("refresh_security_group_rules");
export const refreshGroupMembers = ignored("refresh_security_group_members");

/** It waits for whatever else is under way with that server. */
export const refreshInstanceRules: Method<Args<"refresh_instance_security_rules">> = wrapException(
  "refresh_instance_security_rules",
  bindsArguments("refresh_instance_security_rules", ({ env }, _ctxt, { instance }) =>
    env.locks.synchronized(str(instance["uuid"] ?? null), nothing()),
  ),
);

function* nothing(): Op<void> {
  // Nothing is filtered here.
}
