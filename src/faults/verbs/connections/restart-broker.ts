/** The broker goes down and comes back: what is not durable is gone, and every connection breaks. */
import { seconds, type Duration } from "../../../kernel/index.js";
import type { FaultVerb } from "../../verb.js";
import { timeText } from "../../window.js";

export interface BrokerRestart {
  /** How long it is down; default 1 s. */
  readonly down?: Duration | undefined;
}

const DEFAULT_DOWN = seconds(1);

export const restartBroker: FaultVerb<{ readonly restart_broker: BrokerRestart }> = {
  key: "restart_broker",
  kind: "connection",
  text: ({ restart_broker: { down = DEFAULT_DOWN } }) =>
    `restart the broker, down for ${timeText(down)}`,
  places: () => [],
  check(_spec, injectors) {
    if (injectors.bus().brokerDown) throw new Error("the broker is down already");
  },
  inject({ restart_broker: { down = DEFAULT_DOWN } }, fault, injectors) {
    injectors.bus().restartBroker(fault, down);
  },
  endsByItself: true,
};
