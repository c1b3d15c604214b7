/**
 * Once a period each host tells of every server that was there in the one before (`compute.instance.exists`), and notes down that
 * it has. Upstream: nova/compute/manager.py (_instance_usage_audit), nova/compute/utils.py (has_audit_been_run ...) at 2014.2;
 * nova §8.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { aloud, caught, type Op } from "../../../../kernel/index.js";
import { floatStr } from "../../../../python/index.js";
import { auditPeriod } from "../../audit-period.js";
import { getInstancesActiveInWindow } from "../../objects/instance.js";
import { primitive } from "../../objects/wire/primitive.js";
import type { ComputeHost } from "../compute-host.js";

export function* instanceUsageAudit(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const { env, host, store, flags } = compute;
  const { kernel } = env;
  const unit = flags.instance_usage_audit_period;
  const period = auditPeriod(kernel.calendar, kernel.now, unit, false);
  const [begin, end] = [period.audit_period_beginning, period.audit_period_ending];
  const which = { task_name: "instance_usage_audit", begin: wired(begin), end: wired(end), host };
  const known = yield* store.conductor.task_log_get(ctxt, { ...which, state: null });
  if (known !== null) return;
  const instances = yield* getInstancesActiveInWindow(store, ctxt, {
    begin: `${begin.replace(" ", "T")}Z`,
    end: `${end.replace(" ", "T")}Z`,
    host,
  });
  const count = instances.length;
  compute.log(
    "info",
    `Running instance usage audit for host ${host} from ${begin} to ${end}. ${count} instances.`,
  );
  const started = kernel.now;
  yield* store.conductor.task_log_begin_task(ctxt, {
    ...which,
    task_items: count,
    message: "Instance usage audit started...",
  });
  let errors = 0;
  for (const instance of instances) {
    try {
      const told = store.conductor.notify_usage_exists(ctxt, {
        instance: primitive(instance),
        current_period: false,
        ignore_missing_network_data: false,
        system_metadata: null,
        extra_usage_info: null,
      });
      yield* aloud(told);
    } catch (thrown) {
      yield* caught(thrown);
      compute.log("error", `Failed to generate usage audit for instance on host ${host}`);
      errors += 1;
    }
  }
  const took = floatStr((kernel.now - started) / 1_000_000);
  yield* store.conductor.task_log_end_task(ctxt, {
    ...which,
    errors,
    message: `Instance usage audit ran for host ${host}, ${count} instances in ${took} seconds.`,
  });
}

/** A date as it travels: `strtime`. */
const wired = (date: string): string => `${date.replace(" ", "T")}.000000`;
