/** Options of heat-engine. Upstream: heat/common/config.py at 2014.2. */
import {
  boolean,
  integer,
  optionalString,
  string,
  wholeSeconds,
} from "../../../framework/index.js";
import { clientFlags } from "../clients/index.js";

export const engineFlags = {
  max_nested_stack_depth: integer(3, "Maximum depth allowed when using nested stacks"),
  deferred_auth_method: string(
    "password",
    "Select deferred auth method, stored password or trusts",
    ["password", "trusts"],
  ),
  max_resources_per_stack: integer(1000, "Maximum resources allowed per top-level stack"),
  max_stacks_per_tenant: integer(
    100,
    "Maximum number of stacks any one tenant may have active at one time",
  ),
  action_retry_limit: integer(
    5,
    "Number of times to retry to bring a resource to a non-error state; 0 disables retries",
  ),
  event_purge_batch_size: integer(
    10,
    "How many events go when those of a stack exceed max_events_per_stack",
  ),
  max_events_per_stack: integer(1000, "Maximum events that will be available per stack; 0: all"),
  stack_action_timeout: wholeSeconds(3600, "Timeout in seconds for stack action"),
  engine_life_check_timeout: wholeSeconds(
    2,
    "RPC timeout for the engine liveness check that is used for stack locking",
  ),
  enable_stack_adopt: boolean(false, "Enable the preview Stack Adopt feature"),
  enable_stack_abandon: boolean(false, "Enable the preview Stack Abandon feature"),
  heat_stack_user_role: clientFlags.heat_stack_user_role,
  /** Not Juno's, which had no such events: clients of today wait for them (heat/engine/stack.py at 5.0.0). */
  enable_stack_events: boolean(
    false,
    "Record events of stacks themselves, beside their resources'",
  ),
  default_publisher_id: optionalString("Default publisher_id for outgoing notifications"),
} as const;
