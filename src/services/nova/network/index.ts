/**
 * nova-network: networks and addresses before there was Neutron. Which manager it runs, flag
 * `network_manager` says. Upstream: nova/cmd/network.py at 2014.2.
 */
import {
  contextSerializer,
  createService,
  type ManagerClass,
  type Process,
  type Env,
} from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import { DatabaseServiceGroup } from "../servicegroup.js";
import { networkFlags } from "./flags.js";
import { NetworkManager } from "./manager.js";
import { everybodys, theProjects, type WhoseNetworks } from "./whose-networks.js";

/** A nova-network that has yet to be started. @throws ImportError for a manager that there is not */
export function novaNetwork(env: Env, database: NovaDatabase): Process {
  return createService(env, {
    flags: networkFlags,
    classes: {
      "nova.network.manager.VlanManager": managerClass(database, theProjects),
      "nova.network.manager.FlatDHCPManager": managerClass(database, everybodys),
    },
    serializer: contextSerializer,
    group: new DatabaseServiceGroup(database, env.flags),
  });
}

/** A manager as the convention knows it: told of its environment alone. */
function managerClass(database: NovaDatabase, whose: WhoseNetworks): ManagerClass {
  return class extends NetworkManager {
    constructor(env: Env) {
      super(env, database, whose);
    }
  };
}
