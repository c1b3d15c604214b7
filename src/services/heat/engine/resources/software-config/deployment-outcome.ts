/**
 * How a deployment went, by what the server has said of it. Upstream:
 * heat/engine/resources/software_config/software_deployment.py (handle_signal) at 2014.2.
 */
import {
  dictOrder,
  isObject,
  noAttribute,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { objectsOf } from "../service-resource.js";

export const ATTRIBUTES: readonly string[] = [
  "deploy_stdout",
  "deploy_stderr",
  "deploy_status_code",
];

export interface DeploymentOutcome {
  /** Of `PUT /software_deployments/{id}`. */
  readonly changes: JsonObject;
  /** For the event. */
  readonly event: string;
}

/**
 * @param outputs of the configuration, some of which tell of errors
 * @param known outputs that have come before
 */
export function outcomeOf(details: Json, outputs: Json, known: Json): DeploymentOutcome {
  const said = truth(details) ? details : {};
  if (!isObject(said)) throw noAttribute(said, "get");
  const values: Record<string, Json> = { ...(isObject(known) ? known : {}) };
  const reasons: Record<string, string> = {};
  let event = "deployment succeeded";
  const code = said["deploy_status_code"] ?? null;
  if (truth(code) && str(code) !== "0") {
    reasons["deploy_status_code"] = `Deployment exited with non-zero status code: ${str(code)}`;
    event = `deployment failed (${str(code)})`;
  }
  for (const { name: given = null, error_output = false } of objectsOf(outputs)) {
    const name = str(given);
    if (!Object.hasOwn(said, name)) continue;
    const value = said[name] ?? null;
    values[name] = value;
    if (!truth(error_output)) continue;
    reasons[name] = str(value);
    event = "deployment failed";
  }
  for (const name of ATTRIBUTES) values[name] = said[name] ?? null;
  const names = dictOrder(Object.keys(reasons));
  const failed = names.length > 0;
  const reason = names.map((name) => `${name} : ${reasons[name] ?? ""}`).join(", ");
  return {
    event,
    changes: {
      output_values: values,
      status: failed ? "FAILED" : "COMPLETE",
      status_reason: failed ? reason : "Outputs received",
    },
  };
}
