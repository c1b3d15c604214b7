/** `note:` Words for people. Beside another verb they are told with it, alone they are a step. */
import { act } from "../run/slices.js";
import { prose } from "../schema/values.js";
import { verb } from "../verbs/verb.js";

export const note = verb({
  key: "note",
  schema: { note: prose.meta({ description: "Words for people, told when it comes to them." }) },
  text: () => "",
  names: () => [],
  run: (context) => act(context, () => undefined),
});
