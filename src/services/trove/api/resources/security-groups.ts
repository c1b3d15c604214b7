/** The security groups of instances. Upstream: trove/extensions/security_group/service.py, views.py at 2014.2. */
import { respond, type HttpResponse } from "../../../../http/index.js";
import { done, type Op } from "../../../../kernel/index.js";
import { item, KeyError, str, type Json, type JsonObject } from "../../../../python/index.js";
import { versionById } from "../../datastores.js";
import { BadRequest, ModelNotFoundError, SecurityGroupRuleCreationError } from "../../exception.js";
import { instanceRecord } from "../../instance/instances.js";
import { addRule, deleteRule, type SecurityGroup } from "../../security-groups.js";
import { portsOf } from "../../ports.js";
import { shownTime } from "../../times.js";
import { bodyOf, route, shown, type TroveCall, type TroveRoute } from "../route.js";

type Of<Names extends string = never> = TroveCall<"tenant_id" | Names>;

export const securityGroupRoutes: readonly TroveRoute[] = [
  route("GET", "/security-groups", (call) => {
    const { db } = call.app;
    const groups = db.security_groups.find({ tenant_id: call.params.tenant_id });
    return done(shown({ security_groups: groups.map((group) => groupView(call, group)) }));
  }),
  route("GET", "/security-groups/{id}", (call) =>
    done(shown({ security_group: groupView(call, groupOf(call, call.params.id)) })),
  ),
  route("POST", "/security-group-rules", createRules),
  route("DELETE", "/security-group-rules/{id}", function* (call): Op<HttpResponse> {
    const { app, ctxt, params } = call;
    const rule = app.db.security_group_rules.get(params.id);
    if (rule === undefined) throw missing("SecurityGroupRule");
    const group = ownGroup(call, rule.group_id);
    yield* deleteRule(app, ctxt, rule);
    app.db.security_groups.touch(group.uuid);
    return respond(204);
  }),
];

/** By its own id or its instance's. @throws ModelNotFoundError */
function groupOf({ app, params }: Of, id: string): SecurityGroup {
  const { security_groups, security_group_instance_associations } = app.db;
  const own = security_groups.get(id);
  if (own !== undefined && own.tenant_id === params.tenant_id) return own;
  const association = security_group_instance_associations.first({ instance_id: id });
  if (association === undefined) throw missing("SecurityGroupInstanceAssociation");
  const group = security_groups.get(association.security_group_id);
  if (group === undefined) throw missing("SecurityGroup");
  return group;
}

/** @throws ModelNotFoundError */
function ownGroup({ app, params }: Of, id: string): SecurityGroup {
  const group = app.db.security_groups.get(id);
  if (group?.tenant_id !== params.tenant_id) throw missing("SecurityGroup");
  return group;
}

const missing = (model: string): ModelNotFoundError =>
  new ModelNotFoundError({}, `${model} Not Found`);

/** One for each port of the datastore. */
function* createRules(call: Of): Op<HttpResponse> {
  const { app, ctxt } = call;
  const wanted = checkedBody(bodyOf(call));
  const group = ownGroup(call, wanted.group);
  const association = app.db.security_group_instance_associations.first({
    security_group_id: group.uuid,
  });
  if (association === undefined) throw missing("SecurityGroupInstanceAssociation");
  const { datastore_version_id } = instanceRecord(app, ctxt, association.instance_id);
  const { tcpPorts, udpPorts } = app.datastore(versionById(app.db, datastore_version_id).manager);
  const ranges = [
    ...[...new Set(tcpPorts)].map((port) => ["tcp", port] as const),
    ...[...new Set(udpPorts)].map((port) => ["udp", port] as const),
  ];
  const rules: JsonObject[] = [];
  for (const [protocol, port] of ranges) {
    const range = portsOf(port);
    if (range === undefined) throw new BadRequest({});
    const rule = yield* addRule(app, ctxt, group, { protocol, ...range }, wanted.cidr);
    rules.push({
      id: rule.uuid,
      security_group_id: rule.group_id,
      protocol: rule.protocol,
      from_port: rule.from_port,
      to_port: rule.to_port,
      cidr: rule.cidr,
      created: shownTime(rule.created_at),
    });
  }
  app.db.security_groups.touch(group.uuid);
  return respond(201, { security_group_rule: rules });
}

/** What is not there is told; what is of another kind is not expected. @throws SecurityGroupRuleCreationError */
function checkedBody(body: Json): { readonly group: string; readonly cidr: string } {
  try {
    const rule = item(body, "security_group_rule");
    return { group: str(item(rule, "group_id")), cidr: str(item(rule, "cidr")) };
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    const words = `Required element/key - ${error.message} was not specified`;
    throw new SecurityGroupRuleCreationError({}, words);
  }
}

function groupView({ app, params }: Of, group: SecurityGroup): JsonObject {
  const { db, host } = app;
  const association = db.security_group_instance_associations.first({
    security_group_id: group.uuid,
  });
  const rules = db.security_group_rules.find({ group_id: group.uuid });
  const href = `http://${host}/v1.0/${params.tenant_id}/security-groups/${group.uuid}`;
  return {
    id: group.uuid,
    name: group.name,
    description: group.description,
    instance_id: association?.instance_id ?? null,
    rules: rules.map(({ uuid, protocol, from_port, to_port, cidr }) => ({
      id: uuid,
      protocol,
      from_port,
      to_port,
      cidr,
    })),
    links: [{ rel: "self", href }],
    created: shownTime(group.created_at),
    updated: shownTime(group.updated_at ?? group.created_at),
  };
}
