/**
 * What nova-console would ask of a host whose guests have consoles of Xen's: under which topic it is to be reached,
 * and how to log in. There is no nova-console here; another program may ask. Upstream: nova/compute/manager.py
 * (get_console_topic, get_console_pool_info) at 2014.2.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { Method } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";

/** `console_topic` and `console_host`, which is the host itself. */
export const getConsoleTopic: Method<
  ArgsIn<typeof computeApi, "get_console_topic">,
  string
> = function* ({ host }) {
  return `console.${host}`;
};

/** Both drivers say the same, which is made up in libvirt's, too. */
export const getConsolePoolInfo: Method<
  ArgsIn<typeof computeApi, "get_console_pool_info">,
  JsonObject
> = function* () {
  return { address: "127.0.0.1", username: "fakeuser", password: "fakepassword" };
};
