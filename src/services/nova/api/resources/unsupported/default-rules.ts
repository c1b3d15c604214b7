/**
 * Rules that every new security group is to have, which Neutron's driver does not know. Upstream:
 * contrib/security_group_default_rules.py, nova/network/security_group/neutron_driver.py at 2014.2.
 */
import { HttpFault } from "../../../../../http/index.js";
import { caught, type Op } from "../../../../../kernel/index.js";
import { asDict, get, PythonTypeError } from "../../../../../python/index.js";
import { badRequest } from "../../input.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { checkedId, fromBody } from "../security-groups/groups.js";
import { ingressRule, parsedCidr } from "../security-groups/rules.js";

const RULE = "compute_extension:security_group_default_rules";
const LIST = "/os-security-group-default-rules";
const ITEM = "/os-security-group-default-rules/{id}";

const unsupported = (): HttpFault =>
  new HttpFault(501, "Network driver does not support this function.");

const ofOne = (call: NovaCall): never => {
  checkedId(call.params["id"] ?? null);
  throw unsupported();
};

const list = (): never => {
  throw unsupported();
};

function* create({ request: { body } }: NovaCall): Op<never> {
  const wanted = fromBody(body, "security_group_default_rule");
  const rule = yield* refusals(() => {
    return ingressRule(asDict(wanted, "get"), { cidr: parsedCidr(get(wanted, "cidr")) });
  });
  if (rule === undefined) throw badRequest("Not enough parameters to build a valid rule.");
  throw unsupported();
}

export const defaultRuleRoutes: readonly NovaRoute[] = [
  route("GET", LIST, RULE, list),
  route("POST", LIST, RULE, create),
  route("GET", ITEM, RULE, ofOne),
  route("DELETE", ITEM, RULE, ofOne),
  // `collection_actions` and `member_actions` name what a resource has anyway: it is there twice.
  route("GET", `${LIST}/index`, RULE, list),
  route("POST", `${LIST}/create`, RULE, create),
  route("GET", `${ITEM}/show`, RULE, ofOne),
  route("DELETE", LIST, null, () => {
    throw new PythonTypeError("delete() takes exactly 3 arguments (2 given)");
  }),
];

/** Whatever goes wrong is a 400. */
function* refusals<T>(make: () => T): Op<T> {
  try {
    return make();
  } catch (thrown) {
    const error = yield* caught(thrown);
    throw error instanceof HttpFault ? error : badRequest(error.message);
  }
}
