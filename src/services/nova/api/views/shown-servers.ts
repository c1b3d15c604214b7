/**
 * Servers as lists show them in full. A view is made once, for as long as nothing of what it shows changes: the
 * instance, its disks, zones and groups, who asks and by which path. Upstream makes each anew; what is answered is
 * the same.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { Instance } from "../../objects/instance.js";
import { statusOf } from "../../states/status.js";
import type { NovaApp } from "../app.js";
import { fullServer, hasFault, ruledParts, type SecurityGroups } from "./server-view.js";

/**
 * @param instances those that are shared, see InstanceSnapshots
 * @param groups what Neutron says of each
 * @returns values that are never changed
 */
export function shownServers(
  app: NovaApp,
  ctxt: RequestContext,
  instances: readonly Instance[],
  groups: ReadonlyMap<string, SecurityGroups>,
): JsonObject[] {
  const { base, version, db, shown } = app;
  const who = JSON.stringify([base, version, ctxt.project_id, ruledParts(ctxt)]);
  const { block_device_mapping, aggregates, aggregate_hosts, aggregate_metadata } = db;
  const tables = [block_device_mapping, aggregates, aggregate_hosts, aggregate_metadata];
  const revision = tables.reduce((sum, table) => sum + table.revision, 0);
  return instances.map((instance) => {
    const own = groups.get(instance.uuid);
    const make = (): JsonObject => fullServer(app, ctxt, instance, own);
    if (dependsOnTheMoment(instance)) return make();
    const names = JSON.stringify(own?.map(({ name }) => name) ?? null);
    return shown.of(instance, `${who} ${String(revision)} ${names}`, make);
  });
}

/** Its last fault is looked up, or the time of the request stands for a date. */
function dependsOnTheMoment({ vm_state, task_state, deleted, updated_at }: Instance): boolean {
  return updated_at === null || hasFault(statusOf(vm_state, task_state, deleted));
}
