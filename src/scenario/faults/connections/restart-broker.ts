/** `restart_broker:` The broker restarts: what is not durable is gone. */
import { z } from "zod";
import { faultText } from "../../../faults/index.js";
import { duration } from "../../schema/values.js";
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";

export const restartBroker = verb({
  key: "restart_broker",
  schema: {
    restart_broker: z
      .strictObject({ down: duration.optional().meta({ description: "How long. Default 1s." }) })
      .meta({ description: "The broker restarts: what is not durable is gone." }),
  },
  text: ({ restart_broker }) => faultText({ restart_broker }),
  names: () => [],
  run: (context, { restart_broker }) =>
    act(context, (world) => {
      world.inject({ restart_broker });
    }),
});
