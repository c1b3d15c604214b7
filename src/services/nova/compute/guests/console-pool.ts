/**
 * What is asked of a host whose guests have consoles of nova-console's: under which topic that is to be reached, on the host itself
 * unless somebody says otherwise, and how to log in. Upstream: nova/compute/manager.py (get_console_topic, get_console_pool_info) at
 * 2014.2.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { Method } from "../decorators.js";
import { computeFlags } from "../flags.js";
import type { computeApi } from "../rpcapi.js";

/** `console_topic` and `console_host`. */
export const getConsoleTopic: Method<
  ArgsIn<typeof computeApi, "get_console_topic">,
  string
> = function* ({ env }) {
  return `console.${env.flags.read(computeFlags).console_host ?? env.host}`;
};

/** Both drivers say the same, which is made up in libvirt's, too. */
export const getConsolePoolInfo: Method<
  ArgsIn<typeof computeApi, "get_console_pool_info">,
  JsonObject
> = function* () {
  return { address: "127.0.0.1", username: "fakeuser", password: "fakepassword" };
};
