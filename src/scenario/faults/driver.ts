/** `driver:` An operation of a host's hypervisor driver fails. */
import { act } from "../run/slices.js";
import { line, name, whole } from "../schema/values.js";
import { verb } from "../verbs/verb.js";
import { MANY } from "./aim.js";

export const driver = verb({
  key: "driver",
  schema: {
    driver: name.meta({
      description: "The operation of the hypervisor driver that fails: spawn, snapshot.",
    }),
    host: name,
    times: whole(1, MANY).optional(),
    error: line(1_000).optional(),
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
