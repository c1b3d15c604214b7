/** `disk:` A data disk of a storage node dies or fills. */
import { z } from "zod";
import { DISK_FAILURES } from "../../../hardware/disk.js";
import { act } from "../../run/slices.js";
import { name } from "../../schema/values.js";
import { verb } from "../../verbs/verb.js";

export const disk = verb({
  key: "disk",
  schema: {
    disk: name.meta({ description: "The data disk: sdb1." }),
    host: name.meta({ description: "Whose disk: storage-1." }),
    is: z
      .enum(DISK_FAILURES, { error: `what a disk can be: ${DISK_FAILURES.join(", ")}` })
      .optional()
      .meta({
        description:
          "dead: nothing is mounted any more. full: it takes nothing. stale: what is written is lost, and what was there is read. Default dead.",
      }),
  },
  text: ({ disk, host, is = "dead" }) => `disk ${disk} of ${host} is ${is}`,
  names: ({ host }) => [{ what: "host", name: host, at: ["host"] }],
  run: (context, { disk, host, is }) =>
    act(context, (world) => {
      world.inject({ disk, host, is });
    }),
});
