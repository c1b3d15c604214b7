/** `driver:` An operation of a host's hypervisor driver fails. */
import { z } from "zod";
import { HYPERVISOR_OPERATIONS } from "../../../hardware/hypervisor.js";
import { act } from "../../run/slices.js";
import { line, name, whole } from "../../schema/values.js";
import { verb } from "../../verbs/verb.js";
import { MANY } from "../aim.js";

export const driver = verb({
  key: "driver",
  schema: {
    driver: z
      .enum(HYPERVISOR_OPERATIONS, {
        error: `an operation of a hypervisor: ${HYPERVISOR_OPERATIONS.join(", ")}`,
      })
      .meta({ description: "The operation of the hypervisor driver that fails: spawn, snapshot." }),
    host: name.meta({ description: "The compute host whose hypervisor fails." }),
    times: whole(1, MANY).optional().meta({
      description: "How many times. Default 1.",
    }),
    error: line(1_000).optional().meta({ description: "What the hypervisor says of it." }),
  },
  text: ({ driver, host, times, error }) => {
    const often = times === undefined ? "" : times === 1 ? ", once" : `, ${String(times)} times`;
    return `${driver} fails on ${host}${often}${error === undefined ? "" : `: ${error}`}`;
  },
  // A driver's fault has a compute host; what others are aimed at may come while it runs.
  names: ({ host }) => [{ what: "compute host", name: host, at: ["host"] }],
  run: ({ world }, { driver, host, times, error }) =>
    act(() => {
      world.inject({ driver, host, times, error });
    }),
});
