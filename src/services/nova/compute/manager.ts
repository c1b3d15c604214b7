/**
 * nova-compute's manager: which flow serves which message, and what happens around the service's
 * start. The flows are in files of their own. Upstream: nova/compute/manager.py (ComputeManager,
 * 3.35) at 2014.2.
 */
import { endpoint, type ArgsIn, type Endpoint, type Serves } from "../../../bus/index.js";
import {
  Manager,
  adminContext,
  type PeriodicTask,
  type RequestContext,
} from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import type { BlockDeviceMapping } from "../objects/block-device-mapping.js";
import { buildAndRunInstance } from "./build/build.js";
import type { ComputeHost } from "./compute-host.js";
import { getConsolePoolInfo, getConsoleTopic } from "./guests/console-pool.js";
import { getConsoleOutput, getDiagnostics, getInstanceDiagnostics } from "./guests/observe.js";
import {
  getRdpConsole,
  getSerialConsole,
  getSpiceConsole,
  getVncConsole,
} from "./guests/consoles.js";
import { addFixedIp, removeFixedIp } from "./guests/fixed-ips.js";
import { attachInterface, detachInterface } from "./guests/interfaces.js";
import type { Vif } from "../network-api/model.js";
import { changeInstanceMetadata } from "./change-metadata.js";
import { validateConsolePort } from "./console-port.js";
import { externalInstanceEvent } from "./external-events.js";
import {
  refreshGroupMembers,
  refreshGroupRules,
  refreshInstanceRules,
  refreshProviderRules,
} from "./firewall.js";
import {
  getHostUptime,
  hostMaintenanceMode,
  hostPowerAction,
  setHostEnabled,
} from "./host-operations.js";
import { checkInstanceSharedStorage } from "./start/shared-storage.js";
import { initHost } from "./start/init-host.js";
import { updateAvailableResource } from "./periodic/available-resource.js";
import { periodicTasks } from "./periodic/periodic-tasks.js";
import { setAdminPassword } from "./lifecycle/admin-password.js";
import { injectNetworkInfo, resetNetwork } from "./lifecycle/guest-network.js";
import { pauseInstance, unpauseInstance } from "./lifecycle/pause.js";
import { startInstance, stopInstance } from "./lifecycle/power.js";
import { rebootInstance } from "./lifecycle/reboot.js";
import { rebuildInstance } from "./lifecycle/rebuild.js";
import { rescueInstance, unrescueInstance } from "./lifecycle/rescue.js";
import { restoreInstance, softDeleteInstance } from "./lifecycle/soft-delete.js";
import { resumeInstance, suspendInstance } from "./lifecycle/suspend.js";
import { computeApi, type ConsoleInfo } from "./rpcapi.js";
import { shelveInstance } from "./lifecycle/shelve.js";
import { shelveOffloadInstance } from "./lifecycle/shelve-offload.js";
import { terminateInstance } from "./lifecycle/terminate.js";
import { checkDestination, checkSource } from "./live-migration/checks.js";
import {
  postAtDestination,
  preLiveMigration,
  removeVolumeConnection,
  rollbackAtDestination,
} from "./live-migration/destination.js";
import { liveMigration } from "./live-migration/source.js";
import { confirmResize } from "./migration/confirm-resize.js";
import { finishResize } from "./migration/finish-resize.js";
import { prepResize } from "./migration/prep-resize.js";
import { resizeInstance } from "./migration/resize-instance.js";
import { finishRevertResize, revertResize } from "./migration/revert-resize.js";
import { unshelveInstance } from "./lifecycle/unshelve.js";
import { backupInstance } from "./snapshots/backup.js";
import { snapshotInstance } from "./snapshots/snapshot.js";
import { volumeSnapshotCreate, volumeSnapshotDelete } from "./volumes/assisted-snapshots.js";
import { attachVolume, reserveBlockDeviceName } from "./volumes/attach.js";
import { detachVolume } from "./volumes/detach.js";
import { swapVolume } from "./volumes/swap.js";

/** Of drivers that have no pools of hosts, which is all but Xen's. */
const NO_POOLS = "Hypervisor driver does not support %";

type Args<M extends keyof (typeof computeApi)["methods"]> = ArgsIn<typeof computeApi, M>;

export class ComputeManager extends Manager implements Serves<typeof computeApi, RequestContext> {
  readonly #compute: ComputeHost;
  readonly #tasks: readonly PeriodicTask[];

  constructor(compute: ComputeHost) {
    super(compute.env);
    this.#compute = compute;
    this.#tasks = periodicTasks(compute);
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(computeApi, this)];
  }

  override init_host(): Op<void> {
    return initHost(this.#compute);
  }

  /** The node must be known to the scheduler before the first message. */
  override pre_start_hook(): Op<void> {
    return updateAvailableResource(this.#compute, adminContext(this.env));
  }

  override periodicTasks(): readonly PeriodicTask[] {
    return this.#tasks;
  }

  build_and_run_instance(ctxt: RequestContext, args: Args<"build_and_run_instance">): Op<void> {
    return buildAndRunInstance(this.#compute, ctxt, args);
  }

  terminate_instance(ctxt: RequestContext, args: Args<"terminate_instance">): Op<void> {
    return terminateInstance(this.#compute, ctxt, args);
  }

  start_instance(ctxt: RequestContext, args: Args<"start_instance">): Op<void> {
    return startInstance(this.#compute, ctxt, args);
  }

  stop_instance(ctxt: RequestContext, args: Args<"stop_instance">): Op<void> {
    return stopInstance(this.#compute, ctxt, args);
  }

  pause_instance(ctxt: RequestContext, args: Args<"pause_instance">): Op<void> {
    return pauseInstance(this.#compute, ctxt, args);
  }

  unpause_instance(ctxt: RequestContext, args: Args<"unpause_instance">): Op<void> {
    return unpauseInstance(this.#compute, ctxt, args);
  }

  suspend_instance(ctxt: RequestContext, args: Args<"suspend_instance">): Op<void> {
    return suspendInstance(this.#compute, ctxt, args);
  }

  resume_instance(ctxt: RequestContext, args: Args<"resume_instance">): Op<void> {
    return resumeInstance(this.#compute, ctxt, args);
  }

  reboot_instance(ctxt: RequestContext, args: Args<"reboot_instance">): Op<void> {
    return rebootInstance(this.#compute, ctxt, args);
  }

  rebuild_instance(ctxt: RequestContext, args: Args<"rebuild_instance">): Op<void> {
    return rebuildInstance(this.#compute, ctxt, args);
  }

  soft_delete_instance(ctxt: RequestContext, args: Args<"soft_delete_instance">): Op<void> {
    return softDeleteInstance(this.#compute, ctxt, args);
  }

  restore_instance(ctxt: RequestContext, args: Args<"restore_instance">): Op<void> {
    return restoreInstance(this.#compute, ctxt, args);
  }

  set_admin_password(ctxt: RequestContext, args: Args<"set_admin_password">): Op<null> {
    return setAdminPassword(this.#compute, ctxt, args);
  }

  rescue_instance(ctxt: RequestContext, args: Args<"rescue_instance">): Op<void> {
    return rescueInstance(this.#compute, ctxt, args);
  }

  unrescue_instance(ctxt: RequestContext, args: Args<"unrescue_instance">): Op<void> {
    return unrescueInstance(this.#compute, ctxt, args);
  }

  reset_network(ctxt: RequestContext, args: Args<"reset_network">): Op<void> {
    return resetNetwork(this.#compute, ctxt, args);
  }

  inject_network_info(ctxt: RequestContext, args: Args<"inject_network_info">): Op<void> {
    return injectNetworkInfo(this.#compute, ctxt, args);
  }

  snapshot_instance(ctxt: RequestContext, args: Args<"snapshot_instance">): Op<void> {
    return snapshotInstance(this.#compute, ctxt, args);
  }

  backup_instance(ctxt: RequestContext, args: Args<"backup_instance">): Op<void> {
    return backupInstance(this.#compute, ctxt, args);
  }

  shelve_instance(ctxt: RequestContext, args: Args<"shelve_instance">): Op<void> {
    return shelveInstance(this.#compute, ctxt, args);
  }

  shelve_offload_instance(ctxt: RequestContext, args: Args<"shelve_offload_instance">): Op<void> {
    return shelveOffloadInstance(this.#compute, ctxt, args);
  }

  unshelve_instance(ctxt: RequestContext, args: Args<"unshelve_instance">): Op<void> {
    return unshelveInstance(this.#compute, ctxt, args);
  }

  prep_resize(ctxt: RequestContext, args: Args<"prep_resize">): Op<void> {
    return prepResize(this.#compute, ctxt, args);
  }

  resize_instance(ctxt: RequestContext, args: Args<"resize_instance">): Op<void> {
    return resizeInstance(this.#compute, ctxt, args);
  }

  finish_resize(ctxt: RequestContext, args: Args<"finish_resize">): Op<void> {
    return finishResize(this.#compute, ctxt, args);
  }

  confirm_resize(ctxt: RequestContext, args: Args<"confirm_resize">): Op<void> {
    return confirmResize(this.#compute, ctxt, args);
  }

  revert_resize(ctxt: RequestContext, args: Args<"revert_resize">): Op<void> {
    return revertResize(this.#compute, ctxt, args);
  }

  finish_revert_resize(ctxt: RequestContext, args: Args<"finish_revert_resize">): Op<void> {
    return finishRevertResize(this.#compute, ctxt, args);
  }

  live_migration(ctxt: RequestContext, args: Args<"live_migration">): Op<void> {
    return liveMigration(this.#compute, ctxt, args);
  }

  check_can_live_migrate_destination(
    ctxt: RequestContext,
    args: Args<"check_can_live_migrate_destination">,
  ): Op<JsonObject | null> {
    return checkDestination(this.#compute, ctxt, args);
  }

  check_can_live_migrate_source(
    ctxt: RequestContext,
    args: Args<"check_can_live_migrate_source">,
  ): Op<JsonObject | null> {
    return checkSource(this.#compute, ctxt, args);
  }

  pre_live_migration(
    ctxt: RequestContext,
    args: Args<"pre_live_migration">,
  ): Op<JsonObject | null> {
    return preLiveMigration(this.#compute, ctxt, args);
  }

  post_live_migration_at_destination(
    ctxt: RequestContext,
    args: Args<"post_live_migration_at_destination">,
  ): Op<void> {
    return postAtDestination(this.#compute, ctxt, args);
  }

  rollback_live_migration_at_destination(
    ctxt: RequestContext,
    args: Args<"rollback_live_migration_at_destination">,
  ): Op<void> {
    return rollbackAtDestination(this.#compute, ctxt, args);
  }

  remove_volume_connection(ctxt: RequestContext, args: Args<"remove_volume_connection">): Op<null> {
    return removeVolumeConnection(this.#compute, ctxt, args);
  }

  *add_aggregate_host(_ctxt: RequestContext, _args: Args<"add_aggregate_host">): Op<void> {
    this.#compute.log("debug", NO_POOLS.replace("%", "add_aggregate_host"));
  }

  *remove_aggregate_host(_ctxt: RequestContext, _args: Args<"remove_aggregate_host">): Op<void> {
    this.#compute.log("debug", NO_POOLS.replace("%", "remove_aggregate_host"));
  }

  set_host_enabled(ctxt: RequestContext, args: Args<"set_host_enabled">): Op<Json> {
    return setHostEnabled(this.#compute, ctxt, args);
  }

  host_power_action(ctxt: RequestContext, args: Args<"host_power_action">): Op<Json> {
    return hostPowerAction(this.#compute, ctxt, args);
  }

  host_maintenance_mode(ctxt: RequestContext, args: Args<"host_maintenance_mode">): Op<Json> {
    return hostMaintenanceMode(this.#compute, ctxt, args);
  }

  get_host_uptime(ctxt: RequestContext, args: Args<"get_host_uptime">): Op<string> {
    return getHostUptime(this.#compute, ctxt, args);
  }

  add_fixed_ip_to_instance(ctxt: RequestContext, args: Args<"add_fixed_ip_to_instance">): Op<void> {
    return addFixedIp(this.#compute, ctxt, args);
  }

  remove_fixed_ip_from_instance(
    ctxt: RequestContext,
    args: Args<"remove_fixed_ip_from_instance">,
  ): Op<void> {
    return removeFixedIp(this.#compute, ctxt, args);
  }

  change_instance_metadata(ctxt: RequestContext, args: Args<"change_instance_metadata">): Op<void> {
    return changeInstanceMetadata(this.#compute, ctxt, args);
  }

  reserve_block_device_name(
    ctxt: RequestContext,
    args: Args<"reserve_block_device_name">,
  ): Op<BlockDeviceMapping | string> {
    return reserveBlockDeviceName(this.#compute, ctxt, args);
  }

  attach_volume(ctxt: RequestContext, args: Args<"attach_volume">): Op<void> {
    return attachVolume(this.#compute, ctxt, args);
  }

  detach_volume(ctxt: RequestContext, args: Args<"detach_volume">): Op<void> {
    return detachVolume(this.#compute, ctxt, args);
  }

  swap_volume(ctxt: RequestContext, args: Args<"swap_volume">): Op<void> {
    return swapVolume(this.#compute, ctxt, args);
  }

  attach_interface(ctxt: RequestContext, args: Args<"attach_interface">): Op<Vif> {
    return attachInterface(this.#compute, ctxt, args);
  }

  detach_interface(ctxt: RequestContext, args: Args<"detach_interface">): Op<void> {
    return detachInterface(this.#compute, ctxt, args);
  }

  get_diagnostics(ctxt: RequestContext, args: Args<"get_diagnostics">): Op<JsonObject> {
    return getDiagnostics(this.#compute, ctxt, args);
  }

  get_console_output(ctxt: RequestContext, args: Args<"get_console_output">): Op<string> {
    return getConsoleOutput(this.#compute, ctxt, args);
  }

  get_vnc_console(ctxt: RequestContext, args: Args<"get_vnc_console">): Op<ConsoleInfo> {
    return getVncConsole(this.#compute, ctxt, args);
  }

  get_spice_console(ctxt: RequestContext, args: Args<"get_spice_console">): Op<ConsoleInfo> {
    return getSpiceConsole(this.#compute, ctxt, args);
  }

  get_rdp_console(ctxt: RequestContext, args: Args<"get_rdp_console">): Op<ConsoleInfo> {
    return getRdpConsole(this.#compute, ctxt, args);
  }

  get_serial_console(ctxt: RequestContext, args: Args<"get_serial_console">): Op<ConsoleInfo> {
    return getSerialConsole(this.#compute, ctxt, args);
  }

  validate_console_port(ctxt: RequestContext, args: Args<"validate_console_port">): Op<boolean> {
    return validateConsolePort(this.#compute, ctxt, args);
  }

  check_instance_shared_storage(
    ctxt: RequestContext,
    args: Args<"check_instance_shared_storage">,
  ): Op<boolean> {
    return checkInstanceSharedStorage(this.#compute, ctxt, args);
  }

  get_instance_diagnostics(
    ctxt: RequestContext,
    args: Args<"get_instance_diagnostics">,
  ): Op<JsonObject> {
    return getInstanceDiagnostics(this.#compute, ctxt, args);
  }

  get_console_topic(ctxt: RequestContext, args: Args<"get_console_topic">): Op<string> {
    return getConsoleTopic(this.#compute, ctxt, args);
  }

  get_console_pool_info(ctxt: RequestContext, args: Args<"get_console_pool_info">): Op<JsonObject> {
    return getConsolePoolInfo(this.#compute, ctxt, args);
  }

  refresh_provider_fw_rules(
    ctxt: RequestContext,
    args: Args<"refresh_provider_fw_rules">,
  ): Op<void> {
    return refreshProviderRules(this.#compute, ctxt, args);
  }

  refresh_security_group_rules(
    ctxt: RequestContext,
    args: Args<"refresh_security_group_rules">,
  ): Op<void> {
    return refreshGroupRules(this.#compute, ctxt, args);
  }

  refresh_security_group_members(
    ctxt: RequestContext,
    args: Args<"refresh_security_group_members">,
  ): Op<void> {
    return refreshGroupMembers(this.#compute, ctxt, args);
  }

  refresh_instance_security_rules(
    ctxt: RequestContext,
    args: Args<"refresh_instance_security_rules">,
  ): Op<void> {
    return refreshInstanceRules(this.#compute, ctxt, args);
  }

  volume_snapshot_create(ctxt: RequestContext, args: Args<"volume_snapshot_create">): Op<void> {
    return volumeSnapshotCreate(this.#compute, ctxt, args);
  }

  volume_snapshot_delete(ctxt: RequestContext, args: Args<"volume_snapshot_delete">): Op<void> {
    return volumeSnapshotDelete(this.#compute, ctxt, args);
  }

  external_instance_event(ctxt: RequestContext, args: Args<"external_instance_event">): Op<void> {
    return externalInstanceEvent(this.#compute, ctxt, args);
  }
}
