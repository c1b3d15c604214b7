/** Locks on servers, against slips of the hand. Upstream: nova/compute/api.py (lock, unlock); nova §3.1. */
import { enforce } from "../../policy.js";
import { checkPolicy, type Deed } from "./checks.js";

/** An owner does not take over the lock of an administrator. */
export const lock: Deed = checkPolicy("lock", function* (ctxt, instance) {
  const isOwner = instance.project_id === ctxt.project_id;
  if (instance.locked && isOwner) return;
  instance.locked = true;
  instance.locked_by = isOwner ? "owner" : "admin";
  yield* instance.save(ctxt);
});

export const unlock: Deed = checkPolicy("unlock", function* (ctxt, instance) {
  // An owner may not open what an administrator locked.
  const isOwner = instance.project_id === ctxt.project_id;
  if (instance.locked_by !== "owner" && isOwner && instance.locked) {
    enforce(ctxt, "compute:unlock_override", instance);
  }
  instance.locked = false;
  instance.locked_by = null;
  yield* instance.save(ctxt);
});
