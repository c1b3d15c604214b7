/**
 * A language of verbs, made from the list of their records: its type, its parser and JSON Schema, its
 * complaints, and who answers for a value. The order of the list is that in which messages name the
 * verbs and means nothing else.
 */
import { z } from "zod";
import { nearest } from "../../text/nearest.js";
import { InvariantError, type Duration } from "../../kernel/index.js";
import type { Known } from "../known.js";
import type { Problem, Spot } from "../load/problem.js";
import type { RunContext } from "../run/context.js";
import type { Slices } from "../run/slices.js";
import { addRemark, type Remark } from "./remark.js";
import type { Fields, NameUse, Verb } from "./verb.js";

/** What the verbs `V` make: a union told apart by `kind`. Each may have the fields `C` as well. */
export type Spoken<V extends Verb, C extends z.ZodRawShape> =
  V extends Verb<infer K, infer F> ? { kind: K } & Fields<F & Omit<C, K>> : never;

/** What can be asked about a value of the language. */
export interface Vocabulary<T> {
  readonly schema: z.ZodType<T>;
  /** What its verbs are called. */
  readonly keys: readonly string[];
  text(value: T): string | undefined;
  names(value: T, known: Known): readonly NameUse[];
  problems(value: T, known: Known): readonly Problem<Spot>[];
  lasts(value: T): Duration;
  run(context: RunContext, value: T): Slices<void>;
}

/** How a language is called where its values are meant one by one. */
export interface Naming {
  /** `step`: in messages, and in the JSON Schema. */
  readonly what: string;
  readonly about: string;
  /** Verbs that need nothing said to them, and may stand alone as words. */
  readonly words?: readonly string[];
}

/** @param common fields that may stand beside any verb; one that is a verb too is so where it stands alone */
export function vocabulary<V extends Verb, C extends z.ZodRawShape>(
  { what, about, words = [] }: Naming,
  verbs: readonly V[],
  common: C,
): Vocabulary<Spoken<V, C>> {
  const byKey = new Map<string, Verb>(verbs.map((one) => [one.key, one]));
  const keys = [...byKey.keys()];
  const right = `a ${what}: { ${keys.join(" | ")}: ... }`;
  // The kind chooses the branch before zod looks, so that the issues are those of this branch alone.
  const branches = verbs.map(({ key, schema }) =>
    z.strictObject({ ...schema, ...without(common, key), kind: z.literal(key) }),
  );
  const union = z.discriminatedUnion("kind", branches as [(typeof branches)[0]], { error: right });
  const withKind = (written: unknown, issues: z.RefinementCtx): unknown => {
    if (typeof written === "string" && words.includes(written)) {
      return { [written]: {}, kind: written };
    }
    if (typeof written === "string" && words.length > 0) {
      addRemark(issues, written, unknown(written));
      return z.NEVER;
    }
    if (typeof written !== "object" || written === null || Array.isArray(written)) return written;
    const kind = kindOf(Object.keys(written));
    if (typeof kind === "string") return { ...written, kind };
    addRemark(issues, written, kind);
    return z.NEVER;
  };

  /** The verb that is meant by a mapping of `written` keys, or why that cannot be told. */
  function kindOf(written: readonly string[]): string | Remark {
    const known = written.filter((key) => byKey.has(key));
    const own = known.filter((key) => !Object.hasOwn(common, key));
    const stranger = written.find((key) => !Object.hasOwn(common, key) && !byKey.has(key));
    const [kind, second] = own.length > 0 || stranger !== undefined ? own : known;
    if (second !== undefined) {
      const message = `one ${what} does one thing, this one has \`${own.join("` and `")}\``;
      return { message, key: second, hint: `Make two ${what}s of it.` };
    }
    if (kind !== undefined && written.includes("kind")) {
      const hint = `Which ${what} it is, \`${kind}\` says.`;
      return { message: "unknown key `kind`", key: "kind", hint };
    }
    if (kind !== undefined) return kind;
    if (stranger === undefined) return { message: `expected ${right}` };
    return { ...unknown(stranger), key: stranger };
  }

  function unknown(stranger: string): Remark {
    const close = nearest(stranger, [...keys, ...Object.keys(common)]);
    const list = `A ${what} is one of: ${keys.join(", ")}.`;
    const hint = close === undefined ? list : `Did you mean \`${close}\`?`;
    return { message: `unknown kind of ${what} \`${stranger}\``, hint };
  }

  function of({ kind }: { readonly kind: string }): Verb {
    const found = byKey.get(kind);
    if (found === undefined) throw new InvariantError(`no ${what} of kind ${kind}`);
    return found;
  }

  const schema = z.preprocess(withKind, union).meta({
    id: what,
    description: about,
    ...(words.length > 0 && { words }),
  });
  return {
    schema: schema as unknown as z.ZodType<Spoken<V, C>>,
    keys,
    text: (value) => of(value).text(value),
    names: (value, known) => of(value).names(value, known),
    problems: (value, known) => of(value).problems?.(value, known) ?? [],
    lasts: (value) => of(value).lasts?.(value) ?? 0,
    run: (context, value) => of(value).run(context, value),
  };
}

const without = (shape: z.ZodRawShape, key: string): z.ZodRawShape =>
  Object.fromEntries(Object.entries(shape).filter(([name]) => name !== key));

type Node = z.core.JSONSchema.BaseSchema;

/** For editors: each branch is closed and requires its key. `kind` is ours and never written, words may be. */
export function asWritten(node: Node): void {
  const { oneOf, properties } = node;
  if (oneOf !== undefined) {
    delete node.oneOf;
    node.anyOf = oneOf;
  }
  const { words } = node as { words?: string[] };
  if (words !== undefined) {
    delete (node as { words?: string[] }).words;
    node.anyOf = [{ enum: words }, ...(node.anyOf ?? [])];
  }
  if (properties?.["kind"] === undefined) return;
  const { kind: _kind, ...rest } = properties;
  node.properties = rest;
  node.required = node.required?.filter((key) => key !== "kind") ?? [];
}
