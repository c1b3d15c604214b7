/**
 * What the projects of a cloud hold, and what of it should not be so: put together here out of what each says of its own
 * rows. Upstream has nothing of the kind.
 */
import type { Inventory } from "../../framework/inventory.js";
import type { Premises, Project } from "../../framework/project.js";
import type { Infrastructure } from "../infrastructure.js";

/** What the cloud knows of the run. */
export type Known = Pick<Premises, "flagsOf" | "mishaps" | "work" | "loops">;

export type NamedInventory = Inventory & { readonly name: string };

export function inventoriesOf(
  projects: readonly Project[],
  infrastructure: Infrastructure,
  known: Known,
): NamedInventory[] {
  const premises: Premises = {
    ...known,
    onComputes: (durable) => infrastructure.onComputes(durable),
    onNodes: (durable) => infrastructure.onNodes(durable),
  };
  return projects.flatMap((project) => {
    const held = project.inventory?.(infrastructure.handOut(project.stores), premises);
    return held === undefined ? [] : [{ name: project.name, ...held }];
  });
}
