/** Options of nova-consoleauth. Upstream: nova/consoleauth/manager.py at 2014.2. */
import { wholeSeconds } from "../../../framework/index.js";

export const consoleauthFlags = {
  console_token_ttl: wholeSeconds(600, "How many seconds before deleting tokens", { min: 0 }),
} as const;
