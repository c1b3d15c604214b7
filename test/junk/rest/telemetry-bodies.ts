/** Bodies that are right for the routes of Heat and Ceilometer that take one. By method and the end of the path. */
import type { Json, JsonObject } from "../../../src/python/index.js";

const TEMPLATE: JsonObject = {
  heat_template_version: "2013-05-23",
  parameters: {
    length: { type: "number", default: 8, constraints: [{ range: { min: 1, max: 32 } }] },
  },
  resources: {
    data: { type: "OS::Heat::RandomString", properties: { length: { get_param: "length" } } },
    wait: { type: "AWS::CloudFormation::WaitConditionHandle" },
  },
  outputs: { text: { value: { get_attr: ["data", "value"] } } },
};

const CFN: JsonObject = {
  AWSTemplateFormatVersion: "2010-09-09",
  Parameters: { a: { Type: "String", Default: "x" } },
  Resources: { user: { Type: "AWS::IAM::User", Properties: {}, Metadata: { a: { Ref: "a" } } } },
};

const stack = { stack_name: "s1", template: TEMPLATE, parameters: { length: 5 }, timeout_mins: 5 };

const rule = {
  meter_name: "load",
  threshold: 3,
  comparison_operator: "gt",
  period: 60,
  query: [{ field: "metadata.a", op: "eq", value: "b" }],
};

const threshold = {
  name: "a1",
  type: "threshold",
  threshold_rule: rule,
  alarm_actions: ["http://host/x", "log://"],
  time_constraints: [{ name: "t", start: "0 1 * * *", duration: 60, timezone: "" }],
};

const sample = {
  counter_name: "load",
  counter_type: "gauge",
  counter_unit: "l",
  counter_volume: 1.5,
  resource_id: "r1",
  resource_metadata: { "a.b": "1", c: "d" },
};

export function telemetryBodies(
  method: string,
  path: string,
  ids: readonly string[],
): readonly Json[] {
  const [first = "x", second = "y"] = ids;
  const combination = {
    name: "c1",
    type: "combination",
    combination_rule: { alarm_ids: [first, second], operator: "or" },
  };
  const filter = '{"and": [{"=": {"project": "x"}}, {"not": {"<": {"timestamp": "2014-09-18"}}}]}';
  const bodies: Readonly<Record<string, readonly Json[]>> = {
    "/stacks": [stack, { ...stack, stack_name: "s2", template: CFN, disable_rollback: false }],
    "/stacks/preview": [{ ...stack, stack_name: "s3" }],
    "/stacks/{stack_name}/{stack_id}": [
      { ...stack, environment: { parameters: { length: 3 }, resource_registry: {} } },
      { ...stack, template: CFN, files: {} },
    ],
    "/validate": [{ template: TEMPLATE }, { template: CFN }],
    "/actions": [{ suspend: null }, { resume: null }, { check: null }],
    "/signal": [{ alarm_id: "x", current: "alarm" }],
    "/software_configs": [
      { name: "c", group: "script", config: "#!/bin/sh", inputs: [], outputs: [] },
    ],
    "/software_deployments": [{ config_id: first, server_id: second, action: "CREATE" }],
    "/v2/alarms": [threshold, combination],
    "/v2/alarms/{id}": [threshold, combination],
    "/state": ["ok", "alarm"],
    "/v2/meters/load": [[sample]],
    "/v2/meters/{name}": [[sample]],
    "/query/samples": [{ filter, orderby: '[{"timestamp": "desc"}]', limit: 3 }],
    "/query/alarms": [{ filter, orderby: '[{"name": "asc"}]', limit: 3 }],
    "/query/alarms/history": [{ filter, limit: 3 }],
  };
  const found = Object.entries(bodies)
    .filter(([end]) => path.endsWith(end))
    .sort(([a], [b]) => b.length - a.length);
  return method === "GET" ? [] : (found[0]?.[1] ?? []);
}
