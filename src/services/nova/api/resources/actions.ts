/**
 * `POST /servers/{id}/action`: the body's one key says what is to be done. The table is all that
 * there is; each row says who may, what is done and how its errors are told. Upstream:
 * nova/api/openstack/wsgi.py (action_peek), contrib/shelve.py, server_start_stop.py,
 * admin_actions.py at 2014.2; nova §2.1, §3.1.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault, respond } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { Exception, type Json } from "../../../../python/index.js";
import {
  Forbidden,
  InstanceInvalidState,
  InstanceIsLocked,
  InstanceNotReady,
} from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import { enforce } from "../../policy.js";
import type { NovaApp } from "../app.js";
import type { Deed } from "../compute/checks.js";
import { lock, unlock } from "../compute/lock.js";
import { start, stop } from "../compute/power.js";
import { shelve, shelveOffload, unshelve } from "../compute/shelve.js";
import { findServer } from "./servers/servers.js";
import { badRequest, isObject } from "../input.js";
import { route, type NovaRoute } from "../route.js";
import { resetState } from "./reset-state.js";
import { stateFault } from "./invalid-state.js";

interface Action {
  /** Asked before anything is looked up; start and stop have none beside their own. */
  readonly policy?: string;
  readonly run: (ctxt: RequestContext, instance: Instance, argument: Json) => Op<void>;
  /** How `error` is told; the default is `stateFault`. */
  readonly fault?: (error: unknown, action: string) => unknown;
}

const extension = (name: string): string => `compute_extension:${name}`;
const deed =
  (what: Deed): Action["run"] =>
  (ctxt, instance) =>
    what(ctxt, instance);

function actionTable(app: NovaApp): ReadonlyMap<string, Action> {
  return new Map<string, Action>([
    ["shelve", { policy: extension("shelve"), run: deed(shelve(app)) }],
    ["shelveOffload", { policy: extension("shelveOffload"), run: deed(shelveOffload(app)) }],
    ["unshelve", { policy: extension("unshelve"), run: deed(unshelve(app)) }],
    ["lock", { policy: extension("admin_actions:lock"), run: deed(lock), fault: unexpected }],
    ["unlock", { policy: extension("admin_actions:unlock"), run: deed(unlock), fault: unexpected }],
    ["os-start", { run: deed(start(app)), fault: rawState }],
    ["os-stop", { run: deed(stop(app)), fault: rawState }],
    ["os-resetState", { policy: extension("admin_actions:resetState"), run: resetState }],
  ]);
}

export function actionRoutes(app: NovaApp): NovaRoute[] {
  const table = actionTable(app);
  return [
    route("POST", "/servers/{id}/action", function* (ctxt, request, { id = "" }) {
      const [name, argument] = onlyKey(request.body);
      const action = table.get(name);
      if (action === undefined) throw badRequest(`There is no such action: ${name}`);
      if (action.policy !== undefined) enforce(ctxt, action.policy);
      const instance = findServer(app, ctxt, id);
      try {
        yield* action.run(ctxt, instance, argument);
      } catch (error) {
        throw (action.fault ?? stateFault)(error, name);
      }
      return respond(202);
    }),
  ];
}

/** The name of the action and what is said of it. @throws HttpFault 400 */
function onlyKey(body: Json): readonly [string, Json] {
  const entries = isObject(body) ? Object.entries(body) : [];
  const [first] = entries;
  if (first === undefined || entries.length > 1) throw badRequest("Malformed request body");
  return first;
}

/** Start and stop tell the exception as it is. */
function rawState(error: unknown): unknown {
  const told = [InstanceNotReady, InstanceIsLocked, InstanceInvalidState];
  const known = told.some((each) => error instanceof each);
  return known ? new HttpFault(409, (error as Error).message) : error;
}

/** Whatever goes wrong in these is the client's doing. */
function unexpected(error: unknown, action: string): unknown {
  const known = stateFault(error, action);
  if (known instanceof HttpFault || known instanceof Forbidden) return known;
  if (!(known instanceof Exception)) return known;
  return new HttpFault(422, "Unable to process the contained instructions");
}
