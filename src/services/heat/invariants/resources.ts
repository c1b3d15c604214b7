/**
 * That what stacks say they have made is there, in whose project they are, and that a nested stack has its parent. Upstream:
 * heat/engine/resource.py (check) at 2014.2, which looks only when it is asked to.
 */
import type { JunoExceptions } from "../../../framework/invariants.js";
import type { Claim } from "../../../framework/inventory.js";
import { inProject } from "../../../framework/ownership.js";
import { isObject, type Json } from "../../../python/index.js";
import type { HeatDatabase } from "../db/database.js";
import type { StackRow } from "../db/schema.js";

export const HEAT_EXCEPTIONS = {
  "deleted-behind-heat": {
    says: "A stack stays complete although somebody has deleted what it made: nobody looks before a check of the stack is asked for.",
    source: "heat/engine/resource.py at 2014.2 (check)",
  },
} as const satisfies JunoExceptions;

/** What a resource of a type is, where it is; of those whose id in Heat is its id there. */
const KINDS: Readonly<Record<string, string>> = {
  "OS::Nova::Server": "server",
  "AWS::EC2::Instance": "server",
  "OS::Cinder::Volume": "volume",
  "AWS::EC2::Volume": "volume",
  "OS::Glance::Image": "image",
  "OS::Neutron::Net": "network",
  "OS::Neutron::Subnet": "subnet",
  "OS::Neutron::Port": "port",
  "OS::Neutron::Router": "router",
  "OS::Neutron::FloatingIP": "floating IP",
  "OS::Neutron::SecurityGroup": "security group",
  "OS::Trove::Instance": "database instance",
};

export const heatClaims = (db: HeatDatabase): readonly Claim[] =>
  db.stacks.find().flatMap((stack) => [
    ...inProject(`stack ${stack.uuid}`, "heat.stack", stack.tenant),
    ...(stack.owner_id === null
      ? []
      : [
          {
            ...{ invariant: "owner" as const, what: `nested stack ${stack.uuid}` },
            ...{ where: "heat.stack", of: { kind: "stack", id: stack.owner_id } },
          },
        ]),
    ...(stack.status === "COMPLETE" ? resourcesOf(db, stack) : []),
  ]);

/** Of one stack, at rest: each that is complete. */
function resourcesOf(db: HeatDatabase, { uuid, raw_template_id }: StackRow): readonly Claim[] {
  const types = typesIn(db.templates.get(raw_template_id)?.template ?? null);
  return db.resources.find({ stack_id: uuid }).flatMap((resource): readonly Claim[] => {
    const { name, nova_instance: id, action, status } = resource;
    const kind = KINDS[types.get(name) ?? ""];
    if (kind === undefined || id === null || action === "DELETE" || status !== "COMPLETE")
      return [];
    return [
      {
        ...{ invariant: "made", what: `resource ${name} of stack ${uuid}`, where: "heat.resource" },
        ...{ of: { kind, id }, ended: "deleted-behind-heat" },
      },
    ];
  });
}

/** The type of each resource by its name: `resources` of HOT, `Resources` of CloudFormation. */
function typesIn(template: Json): ReadonlyMap<string, string> {
  if (!isObject(template)) return new Map();
  const resources = template["resources"] ?? template["Resources"] ?? null;
  if (!isObject(resources)) return new Map();
  return new Map(
    Object.entries(resources).flatMap(([name, resource]): [string, string][] => {
      const type = isObject(resource) ? (resource["type"] ?? resource["Type"]) : undefined;
      return typeof type === "string" ? [[name, type]] : [];
    }),
  );
}
