/** `cut_off:` Nothing gets to or from a host, by bus or by REST. */
import { z } from "zod";
import { CUT_DIRECTIONS, faultText } from "../../faults/index.js";
import { act } from "../run/slices.js";
import { verb } from "../verbs/verb.js";
import { place, window } from "./aim.js";

const direction = z
  .enum(CUT_DIRECTIONS, { error: `one of ${CUT_DIRECTIONS.join(", ")}` })
  .optional();

export const cutOff = verb({
  key: "cut_off",
  schema: {
    cut_off: z
      .strictObject({ host: place, direction, ...window })
      .meta({ description: "Nothing gets to or from a host, by bus or by REST." }),
  },
  text: ({ cut_off }) => faultText({ cut_off }),
  names: () => [],
  run: ({ world }, { cut_off }) =>
    act(() => {
      world.inject({ cut_off });
    }),
});
