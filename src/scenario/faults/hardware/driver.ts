/** `driver:` An operation of a host's hypervisor driver fails, or takes long. */
import { z } from "zod";
import { HYPERVISOR_OPERATIONS } from "../../../hardware/hypervisor.js";
import { act } from "../../run/slices.js";
import { name } from "../../schema/values.js";
import { verb } from "../../verbs/verb.js";
import { operation, operationText } from "./operation.js";

export const driver = verb({
  key: "driver",
  schema: {
    driver: z
      .enum(HYPERVISOR_OPERATIONS, {
        error: `an operation of a hypervisor: ${HYPERVISOR_OPERATIONS.join(", ")}`,
      })
      .meta({ description: "The operation of the hypervisor driver that fails: spawn, snapshot." }),
    host: name.meta({ description: "The compute host whose hypervisor fails." }),
    ...operation,
  },
  text: ({ driver, host, ...rest }) => operationText(driver, host, rest),
  // A driver's fault has a compute host; what others are aimed at may come while it runs.
  names: ({ host }) => [{ what: "compute host", name: host, at: ["host"] }],
  run: (context, { driver, host, error, by, nth, times, after, for: length }) =>
    act(context, (world) => {
      world.inject({ driver, host, error, by, nth, times, after, for: length });
    }),
});
