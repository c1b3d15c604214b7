/**
 * How far hosts have got with the audit of usage in its last period, for administrators. Upstream:
 * contrib/instance_usage_audit_log.py at 2014.2.
 */
import { respond } from "../../../../../http/index.js";
import type { Micros } from "../../../../../kernel/index.js";
import { dictOrder, type JsonObject } from "../../../../../python/index.js";
import { auditPeriod } from "../../../audit-period.js";
import { taskLogs } from "../../../db/operations/task-log.js";
import type { NovaApp } from "../../app.js";
import { badRequest } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";
import { dateFormat, strptime } from "./strptime.js";

const RULE = "compute_extension:instance_usage_audit_log";

export const usageAuditLogRoutes: readonly NovaRoute[] = [
  route("GET", "/os-instance_usage_audit_log", RULE, function* ({ app }) {
    return respond(200, { instance_usage_audit_logs: logOf(app, app.env.kernel.now) });
  }),
  route("GET", "/os-instance_usage_audit_log/{id}", RULE, function* ({ app, params: { id } }) {
    return respond(200, { instance_usage_audit_log: logOf(app, dateIn(app, id)) });
  }),
];

const FORMAT = dateFormat("%Y-%m-%d %H:%M:%S");
const FINE_FORMAT = dateFormat("%Y-%m-%d %H:%M:%S.%f");

/** @throws HttpFault 400 */
function dateIn({ env }: NovaApp, text: string): Micros {
  const at = strptime(env.kernel.calendar, text, text.includes(".") ? FINE_FORMAT : FORMAT);
  if (at !== undefined) return at;
  throw badRequest(`Invalid timestamp for date ${text}`);
}

function logOf({ db, env, flags }: NovaApp, before: Micros): JsonObject {
  const unit = flags.instance_usage_audit_period;
  const period = auditPeriod(env.kernel.calendar, before, unit, false);
  const { audit_period_beginning: period_beginning, audit_period_ending: period_ending } = period;
  const logs = taskLogs(db, {
    task_name: "instance_usage_audit",
    period_beginning,
    period_ending,
  });
  const hosts = new Set(db.services.find({ topic: "compute" }).map(({ host }) => host));
  const inState = (state: string) =>
    new Set(logs.filter((log) => log.state === state).map(({ host }) => host)).size;
  const missing = [...hosts].filter((host) => !logs.some((log) => log.host === host));
  const errors = logs.reduce((sum, log) => sum + (log.errors ?? 0), 0);
  const done = inState("DONE");
  const all = done === hosts.size ? "ALL" : `${done} of ${hosts.size}`;
  return {
    period_beginning,
    period_ending,
    num_hosts: hosts.size,
    num_hosts_done: done,
    num_hosts_running: inState("RUNNING"),
    num_hosts_not_run: missing.length,
    hosts_not_run: dictOrder(missing),
    total_instances: logs.reduce((sum, log) => sum + (log.task_items ?? 0), 0),
    total_errors: errors,
    overall_status: `${all} hosts done. ${errors} errors.`,
    log: Object.fromEntries(
      logs.map(({ host, state, task_items: instances, errors, message }) => [
        host,
        { state, instances, errors, message },
      ]),
    ),
  };
}
