/** `volume_driver:` An operation of a volume host's driver fails, or takes long. */
import { z } from "zod";
import { STORAGE_OPERATIONS } from "../../../hardware/volume-group.js";
import { act } from "../../run/slices.js";
import { name } from "../../schema/values.js";
import { verb } from "../../verbs/verb.js";
import { operation, operationText } from "./operation.js";

export const volumeDriver = verb({
  key: "volume_driver",
  schema: {
    volume_driver: z
      .enum(STORAGE_OPERATIONS, {
        error: `an operation of a volume driver: ${STORAGE_OPERATIONS.join(", ")}`,
      })
      .meta({ description: "The operation of the volume driver that fails: create_volume." }),
    host: name.meta({ description: "The host of cinder-volume whose storage fails." }),
    ...operation,
  },
  text: ({ volume_driver, host, ...rest }) =>
    `volume driver: ${operationText(volume_driver, host, rest)}`,
  names: ({ host }) => [{ what: "volume host", name: host, at: ["host"] }],
  run: (context, { volume_driver, host, error, by, nth, times, after, for: length }) =>
    act(context, (world) => {
      world.inject({ volume_driver, host, error, by, nth, times, after, for: length });
    }),
});
