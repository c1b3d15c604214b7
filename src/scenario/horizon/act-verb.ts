/** One thing that can be done in Horizon, as it is written in a scenario: a verb whose meaning is an act of the browser. */
import type { z } from "zod";
import { actText, type Act } from "../../clients/index.js";
import { InvariantError } from "../../kernel/index.js";
import { verb, type Fields, type NameUse, type Verb } from "../verbs/verb.js";

export interface ActVerb<
  K extends string = string,
  F extends z.ZodRawShape = z.ZodRawShape,
  V = unknown,
> extends Verb<K, F, V> {
  act(value: V): Act;
}

/** @param names what it uses and makes, at paths from the act on */
export function actVerb<const K extends string, F extends z.ZodRawShape & Record<K, z.ZodType>>({
  key,
  schema,
  act,
  names = () => [],
}: {
  readonly key: K;
  readonly schema: F;
  readonly act: (value: Fields<F>) => Act;
  readonly names?: (value: Fields<F>) => readonly NameUse[];
}): ActVerb<K, F, Fields<F>> {
  return {
    ...verb<K, F>({
      key,
      schema,
      text: (value) => actText(act(value)),
      names,
      run() {
        throw new InvariantError("an act is part of a step, which does it");
      },
    }),
    act,
  };
}
