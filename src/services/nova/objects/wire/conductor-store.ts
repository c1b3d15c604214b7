/**
 * The object store of a process without a database: every remotable method is a call to the
 * conductor, which runs it and says what changed. Upstream: nova/conductor/rpcapi.py
 * (object_action, object_class_action) as NovaObject.indirection_api; nova §0.2.
 */
import { RpcClient, clientOf, type ClientOf } from "../../../../bus/index.js";
import type { RequestContext, Env } from "../../../../framework/index.js";
import type { Op, Unchecked } from "../../../../kernel/index.js";
import { conductorApi } from "../../conductor/rpcapi.js";
import type { Arguments } from "./arguments.js";
import type { AnyObject, ObjectStore } from "../base/versioned-object.js";
import { novaObjects } from "./registry.js";
import { objectSerializer } from "./serializer.js";

/** `VERSION` of the classes that are asked for by name. Upstream: nova/objects/*.py at 2014.2. */
const VERSIONS: ReadonlyMap<string, string> = new Map([
  ["BlockDeviceMapping", "1.3"],
  ["BlockDeviceMappingList", "1.4"],
  ["ComputeNodeList", "1.5"],
  ["Flavor", "1.1"],
  ["Instance", "1.15"],
  ["InstanceAction", "1.1"],
  ["InstanceActionEvent", "1.1"],
  ["InstanceGroup", "1.8"],
  ["InstanceList", "1.9"],
  ["InstancePCIRequests", "1.1"],
  ["Migration", "1.1"],
  ["MigrationList", "1.1"],
  ["Service", "1.4"],
]);

type Conductor = ClientOf<typeof conductorApi, RequestContext>;

export class ConductorStore implements ObjectStore {
  /** The conductor, for the calls that are not about objects. */
  readonly conductor: Conductor;

  readonly unchecked: Unchecked;

  constructor(env: Env) {
    this.unchecked = env.kernel.unchecked;
    const rpc = new RpcClient(env.bus, objectSerializer(this));
    this.conductor = clientOf(conductorApi, rpc);
  }

  *action(
    ctxt: RequestContext,
    object: AnyObject,
    objmethod: string,
    given: Arguments,
  ): Op<unknown> {
    const call = { objinst: object, objmethod, ...given };
    const [updates, result] = yield* this.conductor.object_action(ctxt, call);
    // Nothing counts as changed any more, so what the conductor says of that is not needed.
    const { obj_what_changed: _, ...fields } = updates;
    object.refreshWith(novaObjects.fromPrimitives(object.objname, fields));
    return result;
  }

  *classAction(
    ctxt: RequestContext,
    objname: string,
    objmethod: string,
    given: Arguments,
  ): Op<unknown> {
    const objver = VERSIONS.get(objname) ?? "1.0";
    const call = { objname, objmethod, objver, ...given };
    return yield* this.conductor.object_class_action(ctxt, call);
  }
}
