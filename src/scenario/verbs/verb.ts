/**
 * One verb that users write in a scenario, a step or a fault: everything there is to know about it,
 * in one record. Whatever walks, checks, tells or runs steps asks these; nothing else knows a verb.
 */
import type { z } from "zod";
import type { Duration } from "../../kernel/index.js";
import type { Known } from "../known.js";
import type { Path } from "../load/path.js";
import type { Problem, Spot } from "../load/problem.js";
import type { RunContext } from "../run/context.js";
import type { Slices } from "../run/slices.js";

/** A name in a step: it must be there, or (`makes`) is there from this step on. */
export interface NameUse {
  readonly what:
    | "server"
    | "image"
    | "flavor"
    | "network"
    | "user"
    | "host"
    | "compute host"
    | "volume host"
    | "process"
    | "place"
    | "actor"
    | "status"
    | "vm_state"
    | "task_state"
    | "kept value";
  readonly name: string;
  /** Where it is written, from the step on. */
  readonly at: Path;
  /** This one, or `name-1`, `name-2` and so on. */
  readonly makes?: "one" | "many";
  /** Words that may stand in the place of such a name. */
  readonly words?: readonly string[];
  /** What else may be wrong if there is nothing of this name. */
  readonly besides?: string;
}

/** What zod makes of a mapping with the fields `F`. */
export type Fields<F extends z.ZodRawShape> = z.output<z.ZodObject<F>>;

/** Methods, no arrows: so that a verb, which takes its own value only, fits a list of all verbs. */
export interface Verb<
  K extends string = string,
  F extends z.ZodRawShape = z.ZodRawShape,
  V = unknown,
> {
  readonly key: K;
  /** The fields of the mapping, the key's own among them: `run` has `as` and `expect` beside it. */
  readonly schema: F;
  /** In one line, for timelines and messages; undefined if only the steps in it are told. */
  text(value: V): string | undefined;
  names(value: V, known: Known): readonly NameUse[];
  run(context: RunContext, value: V): Slices<void>;
  /** What is wrong with it in any run, beyond what its schema sees; paths begin at the step. */
  problems?(value: V, known: Known): readonly Problem<Spot>[];
  /** The virtual time that goes by in any case. */
  lasts?(value: V): Duration;
}

/** A verb whose key is one of its fields, and whose methods take what its schema makes. */
export const verb = <const K extends string, F extends z.ZodRawShape & Record<K, z.ZodType>>(
  record: Verb<K, F, Fields<F>>,
): Verb<K, F, Fields<F>> => record;
