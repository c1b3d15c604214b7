/** How a resource of a type is made. Upstream: heat/engine/resource.py (Resource.__init__) at 2014.2. */
import type { ResourceDefinition } from "../template/resource-definition.js";
import type { Resource } from "./resource.js";
import type { StackOfResources } from "./stack-view.js";

export type ResourceClass = new (
  definition: ResourceDefinition,
  stack: StackOfResources,
) => Resource;

/** Types by name. */
export type TypeEntries = readonly (readonly [string, ResourceClass])[];

export type ResourceTypes = ReadonlyMap<string, ResourceClass>;
