/**
 * What may be done to a server in which state and what that makes of it, with all that carries it: messages, and
 * operations of hypervisors. By this alone a run does something: what makes no sense is refused at the door.
 */
import type { HypervisorOperation } from "../../../hardware/hypervisor.js";

/** What a server is, if all that was asked of it has been done. */
export type Life =
  | "gone"
  | "active"
  | "stopped"
  | "paused"
  | "suspended"
  | "rescued"
  | "resized"
  | "shelved"
  | "failed";

export interface Course {
  /** SERVER is one's own; ID anybody's, for an administrator. */
  readonly line: string;
  readonly from: readonly Life[];
  /** Default: what it was. */
  readonly to?: Life;
  readonly methods: readonly [string, ...string[]];
  readonly operations: readonly [HypervisorOperation, ...HypervisorOperation[]];
  /** Whether it takes Cinder. */
  readonly volumes?: true;
}

const AT_REST: readonly Life[] = ["active", "stopped"];

const LIFE: readonly Course[] = [
  {
    line: "nova boot SERVER --flavor m1.nano --image cirros --nic net-id=private",
    ...{ from: ["gone"], to: "active" },
    methods: ["build_instances", "select_destinations", "build_and_run_instance"],
    operations: ["spawn"],
  },
  {
    line: "nova delete SERVER",
    ...{ from: [...AT_REST, "paused", "suspended", "rescued", "resized", "shelved", "failed"] },
    to: "gone",
    methods: ["terminate_instance", "soft_delete_instance", "object_action", "confirm_resize"],
    operations: ["destroy", "delete_instance_files", "power_off"],
  },
  {
    line: "nova reset-state ID",
    ...{ from: AT_REST, to: "failed" },
    methods: ["external_instance_event"],
    operations: ["destroy"],
  },
  {
    line: "nova reset-state ID --active",
    ...{ from: ["failed", "paused", "resized"], to: "active" },
    methods: ["external_instance_event"],
    operations: ["destroy"],
  },
];

const POWER: readonly Course[] = [
  {
    line: "nova stop SERVER",
    ...{ from: ["active", "failed"], to: "stopped" },
    methods: ["stop_instance"],
    operations: ["power_off"],
  },
  {
    line: "nova start SERVER",
    ...{ from: ["stopped"], to: "active" },
    methods: ["start_instance"],
    operations: ["power_on"],
  },
  {
    line: "nova pause SERVER",
    ...{ from: ["active"], to: "paused" },
    methods: ["pause_instance"],
    operations: ["pause"],
  },
  {
    line: "nova unpause SERVER",
    ...{ from: ["paused"], to: "active" },
    methods: ["unpause_instance"],
    operations: ["unpause"],
  },
  {
    line: "nova suspend SERVER",
    ...{ from: ["active"], to: "suspended" },
    methods: ["suspend_instance"],
    operations: ["suspend"],
  },
  {
    line: "nova resume SERVER",
    ...{ from: ["suspended"], to: "active" },
    methods: ["resume_instance"],
    operations: ["resume"],
  },
  {
    line: "nova reboot SERVER",
    from: ["active"],
    methods: ["reboot_instance"],
    operations: ["soft_reboot", "reboot"],
  },
  {
    line: "nova reboot SERVER --hard",
    ...{ from: [...AT_REST, "paused", "suspended", "failed"], to: "active" },
    methods: ["reboot_instance"],
    operations: ["reboot", "destroy"],
  },
  {
    line: "nova rescue SERVER",
    ...{ from: AT_REST, to: "rescued" },
    methods: ["rescue_instance"],
    operations: ["power_off", "rescue"],
  },
  {
    line: "nova unrescue SERVER",
    ...{ from: ["rescued"], to: "active" },
    methods: ["unrescue_instance"],
    operations: ["unrescue"],
  },
];

const MOVED = ["migrate_server", "prep_resize", "resize_instance", "finish_resize"] as const;

const MOVES: readonly Course[] = [
  {
    line: "nova resize SERVER m1.tiny",
    ...{ from: AT_REST, to: "resized" },
    methods: MOVED,
    operations: ["migrate_disk_and_power_off", "finish_migration", "power_on"],
  },
  {
    line: "nova migrate ID",
    ...{ from: AT_REST, to: "resized" },
    methods: MOVED,
    operations: ["migrate_disk_and_power_off", "finish_migration", "power_on"],
  },
  {
    line: "nova resize-confirm SERVER",
    ...{ from: ["resized"], to: "active" },
    methods: ["confirm_resize", "object_action"],
    operations: ["delete_instance_files", "destroy"],
  },
  {
    line: "nova resize-revert SERVER",
    ...{ from: ["resized"], to: "active" },
    methods: ["revert_resize", "finish_revert_resize"],
    operations: ["destroy", "finish_revert_migration", "power_on"],
  },
  {
    line: "nova live-migration --block-migrate ID",
    from: ["active"],
    methods: [
      "migrate_server",
      "check_can_live_migrate_destination",
      "check_can_live_migrate_source",
      "live_migration",
      "pre_live_migration",
      "post_live_migration_at_destination",
      "rollback_live_migration_at_destination",
    ],
    operations: ["live_migration", "destroy"],
  },
  {
    line: "nova shelve SERVER",
    ...{ from: [...AT_REST, "paused", "suspended"], to: "shelved" },
    methods: ["shelve_instance", "object_action"],
    operations: ["power_off", "snapshot", "destroy"],
  },
  {
    line: "nova shelve-offload ID",
    from: ["shelved"],
    methods: ["shelve_offload_instance"],
    operations: ["destroy", "power_off"],
  },
  {
    line: "nova unshelve SERVER",
    ...{ from: ["shelved"], to: "active" },
    methods: ["unshelve_instance", "start_instance", "select_destinations"],
    operations: ["spawn", "power_on"],
  },
];

const DISKS: readonly Course[] = [
  {
    line: "nova rebuild SERVER cirros --meta by=chance",
    from: [...AT_REST, "failed"],
    methods: ["rebuild_instance", "stop_instance"],
    operations: ["destroy", "spawn", "power_off"],
  },
  {
    line: "nova image-create SERVER copy",
    from: [...AT_REST, "paused", "suspended"],
    methods: ["snapshot_instance", "object_action"],
    operations: ["snapshot"],
  },
  {
    line: "nova backup SERVER copy daily 1",
    from: AT_REST,
    methods: ["backup_instance", "object_action"],
    operations: ["snapshot"],
  },
];

const PARTS: readonly Course[] = [
  {
    line: 'nova interface-attach SERVER --net-id "{{network private}}"',
    from: AT_REST,
    methods: ["attach_interface"],
    operations: ["attach_interface"],
  },
  {
    line: 'nova interface-attach SERVER --port-id "{{port SERVER-port}}"',
    from: AT_REST,
    methods: ["attach_interface"],
    operations: ["attach_interface"],
  },
  {
    line: 'nova interface-detach SERVER "{{port SERVER-port}}"',
    from: AT_REST,
    methods: ["detach_interface"],
    operations: ["detach_interface"],
  },
  {
    line: 'nova add-fixed-ip SERVER "{{network private}}"',
    from: AT_REST,
    methods: ["add_fixed_ip_to_instance"],
    operations: ["attach_interface"],
  },
  {
    line: 'nova volume-attach SERVER "{{volume VOLUME}}"',
    from: [...AT_REST, "paused", "suspended"],
    methods: ["reserve_block_device_name", "attach_volume", "initialize_connection"],
    operations: ["attach_volume"],
    volumes: true,
  },
  {
    line: 'nova volume-detach SERVER "{{volume VOLUME}}"',
    from: [...AT_REST, "paused", "suspended"],
    methods: ["detach_volume", "terminate_connection"],
    operations: ["detach_volume"],
    volumes: true,
  },
];

/** All of them. */
export const COURSES: readonly Course[] = [...LIFE, ...POWER, ...MOVES, ...DISKS, ...PARTS];
