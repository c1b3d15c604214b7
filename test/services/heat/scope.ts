/** What stands in for a stack where functions of templates are tested, and what runs their operations. */
import { Kernel, type Op } from "../../../src/kernel/index.js";
import { str, type Json } from "../../../src/python/index.js";
import type {
  FunctionScope,
  Referenced,
} from "../../../src/services/heat/engine/template/function.js";

export const HOT_2013 = "2013-05-23";
export const HOT_2014 = "2014-10-16";

/** @throws whatever `op` throws */
export const run = <T>(op: Op<T>): T =>
  new Kernel().complete(op, { name: "test", actor: "tester" });

/** What `op` raises, as `Class: words`. */
export function raised(op: () => unknown): string {
  try {
    op();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : "no error";
  }
  return "nothing";
}

/** A resource whose attributes are in a table. */
export const resource = (
  name: string,
  attributes: Readonly<Record<string, Json>> = {},
  state: Partial<Referenced> = {},
): Referenced => ({
  name,
  action: "CREATE",
  status: "COMPLETE",
  strictDependency: true,
  attributeNames: Object.keys(attributes),
  *reference() {
    return `${name}-id`;
  },
  *attribute(key, path = []) {
    let value: Json = attributes[str(key)] ?? null;
    for (const step of path) value = (value as Readonly<Record<string, Json>>)[str(step)] ?? null;
    return value;
  },
  ...state,
});

export const scope = (
  parameters: Readonly<Record<string, Json>> = {},
  resources: readonly Referenced[] = [],
  files: Readonly<Record<string, Json>> = {},
): FunctionScope => ({
  parameter: (name) => parameters[name],
  resource: (wanted) => resources.find(({ name }) => name === wanted),
  hasResource: (wanted) => resources.some(({ name }) => name === wanted),
  files,
  mappings: () => ({}),
  *availabilityZones() {
    return ["nova"];
  },
  facade: undefined,
});
