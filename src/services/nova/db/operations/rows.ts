/** What operators keep about the deployment itself: nova/db/sqlalchemy/models.py (AgentBuild, TaskLog) at 2014.2. */

export interface AgentBuildRow {
  readonly hypervisor: string;
  readonly os: string;
  readonly architecture: string;
  readonly version: string;
  readonly url: string;
  readonly md5hash: string;
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
