/**
 * What administrators ask of guests that no guest of 2014.2 can answer: hardware, diagnostics, upgrades of the
 * agent. Upstream: trove/extensions/mgmt/instances (hwinfo, diagnostics), trove/extensions/mgmt/upgrade at 2014.2.
 */
import type { HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { get, item, str, truth, ValueError } from "../../../../../python/index.js";
import { builtInstance } from "../../../instance/instances.js";
import {
  accepted,
  adminRoute,
  bodyOf,
  shown,
  type TroveCall,
  type TroveRoute,
} from "../../route.js";
import { UPGRADE } from "../../schemas/schemas.js";
import { heldTo } from "../../schemas/validator.js";

export const mgmtGuestRoutes: readonly TroveRoute[] = [
  adminRoute("GET", "/mgmt/instances/{id}/hwinfo", function* (call) {
    const { app, ctxt, params } = call;
    const { row } = yield* builtInstance(app, ctxt, params.id);
    const { mem_total, num_cpus } = yield* app.guest(ctxt, row.uuid).hwInfo();
    return shown({ hwinfo: { mem_total: mem_total ?? null, num_cpus: num_cpus ?? null } });
  }),
  adminRoute("GET", "/mgmt/instances/{id}/diagnostics", function* (call) {
    const { app, ctxt, params } = call;
    const { row } = yield* builtInstance(app, ctxt, params.id);
    const said = yield* app.guest(ctxt, row.uuid).diagnostics();
    const views = DIAGNOSTICS.map(([name, key]) => [name, said[key] ?? null] as const);
    return shown({ diagnostics: Object.fromEntries(views) });
  }),
  adminRoute("POST", "/mgmt/instances/{id}/upgrade", upgrade, { check: heldTo(UPGRADE) }),
];

const DIAGNOSTICS = [
  ["version", "version"],
  ["threads", "threads"],
  ["fdSize", "fd_size"],
  ["vmSize", "vm_size"],
  ["vmPeak", "vm_peak"],
  ["vmRss", "vm_rss"],
  ["vmHwm", "vm_hwm"],
] as const;

/** A cast, which nobody follows: no guest of 2014.2 has such a method. */
function* upgrade(call: TroveCall<"tenant_id" | "id">): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const { id } = params;
  const asked = item(bodyOf(call), "upgrade");
  const text = (key: string): string | null => {
    const value = get(asked, key);
    if (!truth(value)) return null;
    const stripped = str(value).trim();
    if (stripped === "") throw new ValueError("");
    return stripped;
  };
  if (id.length > 36) throw new ValueError("");
  const [instance_version, location] = [text("instance_version"), text("location")];
  yield* app
    .guest(ctxt, id)
    .upgrade({ instance_version, location, metadata: get(asked, "metadata") });
  return accepted();
}
