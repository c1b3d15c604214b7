/**
 * What makes a server group, out of a body: a name and policies, and nothing else. Upstream:
 * contrib/server_groups.py (_validate_input_body, _validate_policies) at 2014.2.
 */
import { dictOrder, repr, truth, type Json } from "../../../../../python/index.js";
import { InvalidInput } from "../../../exception.js";
import { shown, stringOfLength, validEntity } from "../../input.js";

const POLICIES: readonly string[] = ["anti-affinity", "affinity"];

/** `VALID_NAME_REGEX`: no blank at either edge. */
const NAME = /^(?! )[\p{L}\p{N}_. -]+(?<! )\n?$/u;

export interface NewGroup {
  readonly name: string;
  readonly policies: readonly string[];
}

/** @throws InvalidInput */
export function groupIn(body: Json): NewGroup {
  const given = validEntity(body, "server_group");
  if (given === undefined) throw invalid("the body is invalid.");
  const { name = null, policies = null, ...others } = given;
  if (!truth(name)) throw invalid("'name' is either missing or empty.");
  const checkedName = stringOfLength(name, "name", 1, 255);
  if (!NAME.test(checkedName)) throw invalid(`Invalid format for name: '${checkedName}'`);
  if (!truth(policies)) throw invalid("'policies' is either missing or empty.");
  const checkedPolicies = policiesIn(policies);
  const unknown = dictOrder(Object.keys(others));
  if (unknown.length > 0) throw invalid(`unsupported fields: ${repr(unknown)}`);
  return { name: checkedName, policies: checkedPolicies };
}

function policiesIn(given: Json): readonly string[] {
  if (!Array.isArray(given)) throw invalid(`'${shown(given)}' is not a list`);
  const policies = (given as readonly Json[]).map((one) => stringOfLength(one, "policies", 1, 255));
  if (POLICIES.every((policy) => policies.includes(policy))) {
    throw invalid("Conflicting policies configured!");
  }
  const bad = policies.filter((policy) => !POLICIES.includes(policy));
  if (bad.length > 0) throw invalid(`Invalid policies: ${bad.join(", ")}`);
  if (new Set(policies).size < policies.length) throw invalid("Duplicate policies configured!");
  return policies;
}

const invalid = (reason: string): InvalidInput => new InvalidInput({ reason });
