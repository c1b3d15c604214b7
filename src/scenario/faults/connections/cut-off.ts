/** `cut_off:` Nothing gets to or from a process or host, by bus or by REST; or to and from one peer. */
import { z } from "zod";
import { CUT_DIRECTIONS, faultText } from "../../../faults/index.js";
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { place, placeNames, window } from "../aim.js";

const direction = z
  .enum(CUT_DIRECTIONS, { error: `one of ${CUT_DIRECTIONS.join(", ")}` })
  .optional()
  .meta({ description: "Which way: in, out or both. Default both." });

const peer = place.optional().meta({
  description:
    "The only one it is cut off from: a process, a host or `broker`. Default: everybody.",
});

export const cutOff = verb({
  key: "cut_off",
  schema: {
    cut_off: z
      .strictObject({ host: place, peer, direction, ...window })
      .meta({ description: "Nothing gets to or from a process or host, by bus or by REST." }),
  },
  text: ({ cut_off }) => faultText({ cut_off }),
  names: ({ cut_off }) => placeNames("cut_off", cut_off),
  run: (context, { cut_off }) =>
    act(context, (world) => {
      world.inject({ cut_off });
    }),
});
