/** The attributes of agents and quotas. Upstream: neutron/extensions/agent.py, quotasv2.py at 2014.2. */
import type { Attribute, Attributes } from "./attribute.js";
import { toBoolean, toInteger } from "./conversions.js";
import { range, text } from "./validators.js";

const READ_ONLY: Attribute = {};

/** An agent is nobody's: it has no `tenant_id`. */
export const agentAttributes: Attributes = {
  description: { put: true, validate: text },
  alive: READ_ONLY,
  topic: READ_ONLY,
  host: READ_ONLY,
  started_at: READ_ONLY,
  id: READ_ONLY,
  binary: READ_ONLY,
  admin_state_up: { put: true, convert: toBoolean },
  heartbeat_timestamp: READ_ONLY,
  agent_type: READ_ONLY,
  created_at: READ_ONLY,
  configurations: READ_ONLY,
};

/** `sys.maxsize`. */
const LARGEST = 9223372036854775807n;

/** Each resource that is counted. */
export const quotaAttributes = (resources: readonly string[]): Attributes =>
  Object.fromEntries(
    resources.map((name) => [
      name,
      { put: true, convert: toInteger, validate: range(-1, LARGEST) } satisfies Attribute,
    ]),
  );
