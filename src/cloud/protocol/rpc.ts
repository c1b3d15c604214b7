/** Every RPC contract that a project has. A test holds that no `rpcapi.ts` has one that is not here. */
import type { RpcApi } from "../../bus/index.js";
import { collectorApi } from "../../services/ceilometer/collector/rpcapi.js";
import { alarmPartitionApi } from "../../services/ceilometer/evaluator/partition/rpcapi.js";
import { alarmNotifierApi } from "../../services/ceilometer/notifier/rpcapi.js";
import { schedulerApi as cinderScheduler } from "../../services/cinder/scheduler/rpcapi.js";
import { volumeApi } from "../../services/cinder/volume/rpcapi.js";
import { exampleServiceApi } from "../../services/exampleservice/rpcapi.js";
import { engineApi, listenerApi } from "../../services/heat/engine/rpcapi.js";
import { lbaasAgentApi, lbaasPluginApi } from "../../services/neutron/load-balancing/rpcapi.js";
import { l3AgentApi, l3PluginApi } from "../../services/neutron/routing/rpcapi.js";
import {
  agentStateApi,
  dhcpAgentApi,
  dhcpServerApi,
  networkDeleteApi,
  pluginApi,
  portUpdateApi,
  securityGroupServerApi,
  securityGroupUpdateApi,
  tunnelUpdateApi,
} from "../../services/neutron/rpcapi.js";
import { certApi } from "../../services/nova/cert/rpcapi.js";
import { computeApi, confirmingApi } from "../../services/nova/compute/rpcapi.js";
import { computeTaskApi, conductorApi } from "../../services/nova/conductor/rpcapi.js";
import { consoleApi } from "../../services/nova/console/rpcapi.js";
import { consoleauthApi } from "../../services/nova/consoleauth/rpcapi.js";
import { flavorsApi } from "../../services/nova/flavors-rpc/rpcapi.js";
import { networkApi } from "../../services/nova/network/rpcapi.js";
import { schedulerApi } from "../../services/nova/scheduler/rpcapi.js";
import { conductorApi as troveConductor } from "../../services/trove/conductor/rpcapi.js";
import { guestApi } from "../../services/trove/guestagent/rpcapi.js";
import { taskManagerApi } from "../../services/trove/taskmanager/rpcapi.js";

/** By project. */
export const RPC_CONTRACTS: ReadonlyMap<string, readonly RpcApi[]> = new Map<
  string,
  readonly RpcApi[]
>([
  [
    "nova",
    [
      ...[computeApi, confirmingApi, conductorApi, computeTaskApi, schedulerApi],
      ...[consoleApi, consoleauthApi, certApi, networkApi, flavorsApi],
    ],
  ],
  [
    "neutron",
    [
      ...[pluginApi, securityGroupServerApi, agentStateApi, dhcpServerApi, dhcpAgentApi],
      ...[portUpdateApi, networkDeleteApi, tunnelUpdateApi, securityGroupUpdateApi],
      ...[l3PluginApi, l3AgentApi, lbaasPluginApi, lbaasAgentApi],
    ],
  ],
  ["cinder", [cinderScheduler, volumeApi]],
  ["heat", [engineApi, listenerApi]],
  ["ceilometer", [collectorApi, alarmPartitionApi, alarmNotifierApi]],
  ["trove", [taskManagerApi, troveConductor, guestApi]],
  ["exampleservice", [exampleServiceApi]],
]);
