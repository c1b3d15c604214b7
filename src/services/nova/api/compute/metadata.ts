/**
 * A server's metadata: what is one, and its changes, which the host is told of. Upstream:
 * nova/compute/api.py (_check_metadata_properties_quota, update_instance_metadata,
 * delete_instance_metadata, _diff_dict) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  dictOrder,
  isObject,
  setMember,
  truth,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { computeHost } from "../../compute/rpcapi.js";
import { InvalidMetadata, InvalidMetadataSize, MetadataLimitExceeded } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import type { QuotaEngine } from "../../quota/quota-engine.js";
import { within } from "../../quota/within.js";
import * as vm from "../../states/vm-states.js";
import type { NovaCall } from "../route.js";
import { check } from "./checks.js";

export type Metadata = Readonly<Record<string, string>>;

/** Characters of a key or value. */
const LONGEST = 255;

const CHANGEABLE = [vm.ACTIVE, vm.PAUSED, vm.SUSPENDED, vm.STOPPED] as const;

/**
 * Store these beside those that there are, or in their place.
 * @returns what there is then
 * @throws PolicyNotAuthorized, InstanceIsLocked, InstanceInvalidState; what `checkMetadata` throws
 */
export function* updateMetadata(
  call: NovaCall,
  instance: Instance,
  metadata: JsonObject,
  { replace }: { readonly replace: boolean },
): Op<Metadata> {
  const { app, ctxt } = call;
  check(call, instance, { method: "update_instance_metadata", from: CHANGEABLE });
  const before = instance.metadata;
  const all = replace ? metadata : { ...before, ...metadata };
  const after = checkMetadata(app.quotas, ctxt, all);
  instance.metadata = after;
  yield* instance.save(ctxt);
  yield* tellHost(call, instance, differences(before, after));
  return after;
}

/** @throws PolicyNotAuthorized, InstanceIsLocked, InstanceInvalidState */
export function* deleteMetadataKey(call: NovaCall, instance: Instance, key: string): Op<void> {
  const { ctxt } = call;
  check(call, instance, { method: "delete_instance_metadata", from: CHANGEABLE });
  const { [key]: _gone, ...left } = instance.metadata;
  instance.metadata = left;
  // `delete_metadata_key` writes past the object, with the same end.
  yield* instance.save(ctxt);
  yield* tellHost(call, instance, { [key]: ["-"] });
}

function* tellHost({ app, ctxt }: NovaCall, instance: Instance, diff: JsonObject): Op<void> {
  const compute = app.computeRpc.prepare({ server: computeHost(instance) });
  yield* compute.change_instance_metadata(ctxt, { instance, diff });
}

/** How to come from one to the other: `{"gone": ["-"], "new": ["+", "value"]}`. */
function differences(before: Metadata, after: Metadata): JsonObject {
  const diff: Record<string, Json> = {};
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) setMember(diff, key, ["-"]);
  }
  for (const [key, value] of Object.entries(after)) {
    if (before[key] !== value) setMember(diff, key, ["+", value]);
  }
  return diff;
}

/** @returns the metadata, now known to be one. @throws what is wrong with it */
export function checkMetadata(quotas: QuotaEngine, ctxt: RequestContext, given: Json): Metadata {
  const metadata = truth(given) ? given : {};
  if (!isObject(metadata)) {
    throw new InvalidMetadata({ reason: "Metadata type should be dict." });
  }
  const keys = dictOrder(Object.keys(metadata));
  within(quotas, ctxt, { metadata_items: keys.length }, ({ quotas: limits }) => {
    return new MetadataLimitExceeded({ allowed: limits["metadata_items"] });
  });
  const checked: [string, string][] = [];
  for (const key of keys) {
    const value = metadata[key];
    if (typeof value !== "string") {
      throw new InvalidMetadata({ reason: "The input is not a string or unicode" });
    }
    if (key === "") {
      throw new InvalidMetadata({ reason: " has a minimum character requirement of 1." });
    }
    if (key.length > LONGEST) {
      throw new InvalidMetadataSize({
        reason: "Metadata property key greater than 255 characters",
      });
    }
    if (value.length > LONGEST) {
      throw new InvalidMetadataSize({
        reason: "Metadata property value greater than 255 characters",
      });
    }
    checked.push([key, value]);
  }
  return Object.fromEntries(checked);
}
