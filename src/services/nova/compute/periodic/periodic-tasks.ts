/**
 * What nova-compute repeats, in the order in which a tick runs what is due: that of the class's dictionary, which
 * Python 2.7 makes of the names of its attributes. Those that are not enabled run upstream as well, and do nothing.
 * Upstream: the methods of nova/compute/manager.py under `@periodic_task`, nova/openstack/common/periodic_task.py
 * (_PeriodicTasksMeta) at 2014.2; nova §8.2.
 */
import type { PeriodicTask, RequestContext } from "../../../../framework/index.js";
import { aloud, seconds, type Op } from "../../../../kernel/index.js";
import { getInstancesByFilters } from "../../objects/instance.js";
import { pollVolumeUsage } from "../volumes/usage.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { updateAvailableResource } from "./available-resource.js";
import { cleanupRunningDeletedInstances } from "./cleanup-deleted.js";
import { imageCachePass } from "./image-cache-pass.js";
import { InfoCacheHealer } from "./info-cache-healer.js";
import {
  pollRebootingInstances,
  pollRescuedInstances,
  reclaimQueuedDeletes,
} from "./poll-deadlines.js";
import { runPendingDeletes } from "./pending-deletes.js";
import { BandwidthPoll } from "./poll-bandwidth.js";
import { pollShelvedInstances } from "./poll-shelved.js";
import { syncPowerStates } from "./power-sync.js";
import { instanceUsageAudit } from "./usage-audit.js";
import { pollUnconfirmedResizes } from "./unconfirmed-resizes.js";

/** Intervals of which 0 was to mean something else one day: `periodic_task_spacing_warn`, in the order of the source. */
const WARNED = [
  "shelved_poll_interval",
  "bandwidth_poll_interval",
  "sync_power_state_interval",
  "image_cache_manager_interval",
] as const;

const zeroWarning = (name: string): string =>
  `Value of 0 or None specified for ${name}. This behaviour will change in meaning in the K release, to mean 'call at the default rate' rather than 'do not call'. To keep the 'do not call' behaviour, use a negative value.`;

export function periodicTasks(compute: ComputeHost): PeriodicTask[] {
  const { flags } = compute;
  for (const name of WARNED) if (flags[name] === 0) compute.log("warning", zeroWarning(name));
  const healer = new InfoCacheHealer(compute);
  const bandwidth = new BandwidthPoll(compute);
  return [
    {
      name: "_instance_usage_audit",
      enabled: flags.instance_usage_audit,
      run: (ctxt) => instanceUsageAudit(compute, ctxt),
    },
    {
      name: "update_available_resource",
      run: (ctxt) => updateAvailableResource(compute, ctxt),
    },
    {
      name: "_poll_rebooting_instances",
      enabled: flags.reboot_timeout > 0,
      run: (ctxt) => pollRebootingInstances(compute, ctxt),
    },
    {
      name: "_poll_volume_usage",
      spacing: flags.volume_usage_poll_interval,
      enabled: flags.volume_usage_poll_interval !== 0,
      run: (ctxt) => pollVolumeUsage(compute, ctxt),
    },
    {
      name: "_cleanup_running_deleted_instances",
      spacing: flags.running_deleted_instance_poll_interval,
      run: (ctxt) => cleanupRunningDeletedInstances(compute, ctxt),
    },
    {
      name: "_reclaim_queued_deletes",
      enabled: flags.reclaim_instance_interval > 0,
      run: (ctxt) => reclaimQueuedDeletes(compute, ctxt),
    },
    {
      name: "_poll_unconfirmed_resizes",
      enabled: flags.resize_confirm_window !== 0,
      run: (ctxt) => pollUnconfirmedResizes(compute, ctxt),
    },
    {
      name: "_sync_power_states",
      spacing: flags.sync_power_state_interval,
      runImmediately: true,
      run: (ctxt) => syncPowerStates(compute, ctxt),
    },
    {
      name: "_poll_rescued_instances",
      enabled: flags.rescue_timeout > 0,
      run: (ctxt) => pollRescuedInstances(compute, ctxt),
    },
    {
      name: "_poll_shelved_instances",
      spacing: flags.shelved_poll_interval,
      run: (ctxt) => pollShelvedInstances(compute, ctxt),
    },
    {
      name: "_poll_bandwidth_usage",
      spacing: flags.bandwidth_poll_interval,
      run: (ctxt) => bandwidth.poll(ctxt),
    },
    {
      name: "_run_pending_deletes",
      spacing: flags.instance_delete_interval,
      run: (ctxt) => runPendingDeletes(compute, ctxt),
    },
    {
      name: "_check_instance_build_time",
      run: (ctxt) => checkInstanceBuildTime(compute, ctxt),
    },
    {
      name: "_run_image_cache_manager_pass",
      spacing: flags.image_cache_manager_interval,
      externalProcessOk: true,
      run: (ctxt) => imageCachePass(compute, ctxt),
    },
    {
      name: "_heal_instance_info_cache",
      spacing: flags.heal_instance_info_cache_interval,
      run: (ctxt) => healer.heal(ctxt),
    },
  ];
}

/** `_check_instance_build_time`: builds that take too long end in ERROR, if a limit is set. */
function* checkInstanceBuildTime(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const { instance_build_timeout: limit } = compute.flags;
  if (limit === 0) return;
  const { kernel } = compute.env;
  const filters = { vm_state: vmStates.BUILDING, host: compute.host };
  const loading = { expected_attrs: [], use_slave: true } as const;
  for (const instance of yield* getInstancesByFilters(compute.store, ctxt, filters, loading)) {
    if (kernel.now - kernel.calendar.parse(instance.created_at ?? "") <= seconds(limit)) continue;
    yield* aloud(compute.setInstanceErrorState(ctxt, instance));
    compute.log("warning", "Instance build timed out. Set to error state.");
  }
}
