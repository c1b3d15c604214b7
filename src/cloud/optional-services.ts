/**
 * Services that a cloud does not need and a scenario may ask for by name: `services: [nova-network]`.
 * They start last, in the order in which they are given.
 */
import type { Flags } from "../framework/index.js";
import { exampleService } from "../services/exampleservice/index.js";
import { novaAllowedModules } from "../services/nova/allowed-modules.js";
import { seedFloatingPool, seedNovaNetwork } from "../services/nova/db/seed.js";
import { networkFlags, novaNetwork } from "../services/nova/network/index.js";
import { ownServicePlan } from "./add.js";
import { CONTROLLER } from "./catalog.js";
import type { CloudOptions, OptionalService } from "./options.js";
import type { Infrastructure } from "./infrastructure.js";
import type { SlotPlan } from "./slot.js";

interface Around {
  readonly options: CloudOptions;
  readonly infrastructure: Infrastructure;
  readonly flagsFor: (binary: string) => Flags;
}

type MakePlan = (host: string, around: Around) => SlotPlan;

const SERVICES: ReadonlyMap<string, MakePlan> = new Map<string, MakePlan>([
  [
    "nova-exampleservice",
    (host, { infrastructure }) => ownServicePlan(exampleService, host, infrastructure.nova),
  ],
  ["nova-network", networkPlan],
]);

/** What can be asked for. */
export const OPTIONAL_SERVICES: readonly string[] = [...SERVICES.keys()];

/** The addresses that nova-network has to give away, pool `nova`: DevStack's range. */
const FLOATING_RANGE = "172.24.4.0/29";

/** @throws RangeError for a service that there is not, or that a host would have twice */
export function optionalServices(
  options: CloudOptions,
  infrastructure: Infrastructure,
  flagsFor: Around["flagsFor"],
): SlotPlan[] {
  const around = { options, infrastructure, flagsFor };
  const plans = (options.services ?? []).map((one) => {
    const { name, host = CONTROLLER }: OptionalService =
      typeof one === "string" ? { name: one } : one;
    const makePlan = SERVICES.get(name);
    if (makePlan !== undefined) return makePlan(host, around);
    const there = OPTIONAL_SERVICES.join(", ");
    throw new RangeError(`no service "${name}" can be added; there are ${there}`);
  });
  const actors = plans.map(({ binary, host }) => `${binary} on ${host}`);
  const twice = actors.find((actor, at) => actors.indexOf(actor) < at);
  if (twice !== undefined) throw new RangeError(`${twice} is given twice`);
  return plans;
}

function networkPlan(host: string, { options, infrastructure, flagsFor }: Around): SlotPlan {
  const { nova } = infrastructure;
  if (nova.networks.size === 0) {
    const { network_manager } = flagsFor("nova-network").read(networkFlags);
    const tagged = network_manager.endsWith(".VlanManager");
    const networks = options.networks ?? [{ name: "private" }];
    networks.forEach(({ name, cidr = "192.168.1.0/24" }, at) => {
      seedNovaNetwork(nova, { label: name, cidr, vlan: tagged ? 100 + at : null });
    });
    seedFloatingPool(nova, FLOATING_RANGE);
  }
  return {
    binary: "nova-network",
    host,
    project: "nova",
    allowedModules: novaAllowedModules,
    make: (env) => novaNetwork(env, nova),
  };
}
