/**
 * What operators keep about the deployment itself: nova/db/sqlalchemy/models.py (AgentBuild, TaskLog, Certificate, BandwidthUsage,
 * ConsolePool, Console),
 * nova/virt/baremetal/db/sqlalchemy/models.py at 2014.2.
 */

export interface AgentBuildRow {
  readonly hypervisor: string;
  readonly os: string;
  readonly architecture: string;
  readonly version: string;
  readonly url: string;
  readonly md5hash: string;
}

/** Whose certificate is in which file. */
export interface CertificateRow {
  readonly user_id: string | null;
  readonly project_id: string | null;
  readonly file_name: string;
}

/** A machine of nova's driver for bare metal. */
export interface BareMetalNodeRow {
  readonly uuid: string;
  readonly service_host: string | null;
  readonly instance_uuid: string | null;
  readonly cpus: number | null;
  readonly memory_mb: number | null;
  readonly local_gb: number | null;
  readonly pm_address: string | null;
  readonly pm_user: string | null;
  readonly pm_password: string | null;
  readonly task_state: string | null;
  readonly terminal_port: number | null;
  readonly pxe_config_path: string | null;
}

/** A card of such a machine. */
export interface BareMetalInterfaceRow {
  readonly bm_node_id: number;
  readonly address: string;
  readonly datapath_id: string | null;
  readonly port_no: number | null;
}

/** Which task of which host, and of which period. */
export interface TaskOfPeriod {
  readonly task_name: string;
  readonly period_beginning: string;
  readonly period_ending: string;
  readonly host: string;
}

export interface TaskLogRow extends TaskOfPeriod {
  readonly state: "RUNNING" | "DONE";
  readonly message: string;
  readonly task_items: number | null;
  readonly errors: number | null;
}

/** What a card of a guest has carried in a period. */
export interface BandwidthUsageRow {
  readonly uuid: string;
  readonly mac: string;
  readonly start_period: string;
  readonly last_refreshed: string;
  readonly bw_in: number | null;
  readonly bw_out: number | null;
  readonly last_ctr_in: number | null;
  readonly last_ctr_out: number | null;
}

/** A host whose guests have consoles, and how its proxy logs in there. */
export interface ConsolePoolRow {
  readonly address: string;
  readonly username: string;
  readonly password: string;
  readonly console_type: string;
  readonly public_hostname: string;
  /** The proxy's host. */
  readonly host: string;
  readonly compute_host: string;
}

/** A console of a server. */
export interface ConsoleRow {
  readonly instance_name: string;
  readonly instance_uuid: string;
  readonly password: string;
  readonly port: number;
  readonly pool_id: number;
}
