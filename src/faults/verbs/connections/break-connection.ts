/**
 * The connections of a process to the broker are reset: an idle one that a firewall forgot. It is
 * told when it next uses them. Upstream: oslo.messaging 1.4.1 `impl_rabbit.py` (ensure).
 */
import type { Duration } from "../../../kernel/index.js";
import type { FaultVerb } from "../../verb.js";
import { timeText } from "../../window.js";

export interface BreakAim {
  /** A process, or a host with all its processes. */
  readonly host: string;
  /** How long to wait before it happens. */
  readonly after?: Duration | undefined;
}

export const breakConnection: FaultVerb<{ readonly break_connection: BreakAim }> = {
  key: "break_connection",
  kind: "connection",
  text: ({ break_connection: { host, after } }) =>
    `break the connection of ${host} to the broker${after === undefined ? "" : ` after ${timeText(after)}`}`,
  places: ({ break_connection: { host } }) => [host],
  inject({ break_connection: { host, after = 0 } }, fault, injectors) {
    const bus = injectors.bus();
    const strike = (): void => {
      if (fault.lifted) return;
      bus.breakConnections(fault, host);
      fault.lift();
    };
    if (after === 0) strike();
    else injectors.kernel.after(after, strike);
  },
};
