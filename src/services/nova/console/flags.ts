/** Options of nova-console. Upstream: nova/console/manager.py at 2014.2. */
import { optionalString, string } from "../../../framework/index.js";

export const consoleProxyFlags = {
  console_driver: string(
    "nova.console.xvp.XVPConsoleProxy",
    "Driver to use for the console proxy",
    ["nova.console.xvp.XVPConsoleProxy", "nova.console.fake.FakeConsoleProxy"],
  ),
  console_public_hostname: optionalString(
    "Publicly visible name for this console host; the host's own if nothing is said",
  ),
} as const;
