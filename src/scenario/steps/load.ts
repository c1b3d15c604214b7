/** `load:` The guest of a server gets busy, or has less to do. */
import { z } from "zod";
import { References } from "../run/references.js";
import { act } from "../run/slices.js";
import { name } from "../schema/values.js";
import { verb } from "../verbs/verb.js";

const rate = (what: string) =>
  z
    .number()
    .min(0)
    .max(1e12)
    .optional()
    .meta({ description: `Bytes ${what} in a second.` });

const guestName = z.union([name, z.string().regex(/^\{\{[A-Za-z_][\w-]*\}\}$/)], {
  error: "a server's name, or one that was kept: {{web}}",
});

const guest = z
  .strictObject({
    server: guestName.meta({
      description:
        "The server, by name. A name that `keep:` has put aside may stand there in braces.",
    }),
    cpu_percent: z.number().min(0).max(100).optional().meta({
      description: "How busy all its processors together are, from 0 to 100.",
    }),
    disk_read_bytes: rate("read of its root disk"),
    disk_write_bytes: rate("written to its root disk"),
    net_in_bytes: rate("that come to it"),
    net_out_bytes: rate("that it sends"),
  })
  .refine((load) => Object.keys(load).length > 1, {
    error:
      "what it does: cpu_percent, disk_read_bytes, disk_write_bytes, net_in_bytes, net_out_bytes",
  })
  .meta({
    description:
      "What the guest of a server does from now on; what is left out stays as it was. At first it is 2 percent busy.",
  });

export const load = verb({
  key: "load",
  schema: { load: guest },
  text: ({ load: { server, ...does } }) =>
    `load ${server}: ${Object.entries(does)
      .map(([key, value]) => `${key} ${String(value)}`)
      .join(", ")}`,
  names: ({ load: { server } }) => [{ what: "server", name: server, at: ["load", "server"] }],
  run: (context, { load: { server, ...does } }) =>
    act(context, (world) => {
      if (world.load === undefined) throw new Error("nobody here has guests that can be busy");
      // Servers of a stack have names that nobody has thought of.
      world.load(new References(world, context.kept).inText(server), does);
    }),
});
