/**
 * What Heat holds: stacks in states that nobody will end, and locks of engines that are gone. What stacks have
 * made is told by whoever has it.
 */
import { heatClaims } from "./invariants/resources.js";
import type { Inventory } from "../../framework/inventory.js";
import type { HeatDatabase } from "./db/database.js";

export function heatInventory(db: HeatDatabase): Inventory {
  const stacks = db.stacks.find();
  return {
    things: stacks.map(({ uuid }) => ({ kind: "stack", id: uuid })),
    wrong: [
      ...stacks
        .filter(({ status }) => status === "IN_PROGRESS")
        .map(({ uuid, action, status }) => ({
          invariant: "at-rest" as const,
          what: `stack ${uuid}: stays ${action}_${status}`,
          where: "heat.stack",
        })),
      ...stacks
        .filter(({ backup }) => backup)
        .map(({ uuid, owner_id }) => ({
          invariant: "owner" as const,
          what: `backup stack ${uuid} of stack ${owner_id ?? "None"}`,
          where: "heat.stack",
        })),
    ],
    claims: heatClaims(db),
    dependents: db.locks.find().map(({ stack_id, engine_id }) => ({
      what: `the lock of engine ${engine_id} on stack ${stack_id}`,
      of: { kind: "stack", id: stack_id },
    })),
  };
}
