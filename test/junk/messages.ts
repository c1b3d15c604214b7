/**
 * Messages made of junk: to each method what was sent to it when all was well, with something spoilt in
 * it, or nothing but junk. A recipe says how; the message itself needs a cloud.
 */
import fc from "fast-check";
import type { Json, JsonObject } from "../../src/python/index.js";
import type { Junk, Sample, Target } from "./bed.js";
import { junk, spoiled, spoiling } from "./values.js";

/** What can be asked for, and what was right. */
export interface Known {
  readonly targets: readonly Target[];
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
}

/** What a message is made of; a message itself needs a cloud. */
export const messageRecipe = fc.record({
  target: fc.nat(),
  sample: fc.nat(),
  kind: fc.constantFrom("call" as const, "call" as const, "cast" as const),
  spoilings: fc.array(spoiling, { minLength: 0, maxLength: 3 }),
  wild: fc.array(junk, { maxLength: 4 }),
  extra: fc.option(fc.tuple(fc.constantFrom("x", "self", "context", "__proto__"), junk), {
    freq: 15,
  }),
  address: fc.constantFrom(...Array<string>(30).fill(""), "version", "namespace", "method"),
  word: fc.constantFrom("9.9", "1", "abc", "", "1.0", "3.x", "__proto__", "constructor", "-1.0"),
});
export type MessageRecipe = typeof messageRecipe extends fc.Arbitrary<infer R> ? R : never;

export function messageOf({ targets, samples }: Known, made: MessageRecipe): Junk {
  const target = targets[made.target % targets.length] as Target;
  const { method, spec, version, namespace } = target;
  const known = samples.get(method) ?? [];
  const right = known[made.sample % Math.max(1, known.length)];
  const names = Object.keys(spec.signature?.parameters ?? {});
  const wild = Object.fromEntries(
    made.wild.map((value, at) => [names[at] ?? `a${String(at)}`, value]),
  );
  const start: Json = right?.args ?? wild;
  const bent = made.spoilings.reduce<Json>((args, by) => spoiled(args, by), start);
  const args = typeof bent === "object" && bent !== null && !Array.isArray(bent) ? bent : wild;
  const { extra, address, word, kind } = made;
  return {
    target,
    kind,
    args: (extra === null
      ? args
      : Object.fromEntries([...Object.entries(args), extra])) as JsonObject,
    version: address === "version" ? word : version,
    namespace: address === "namespace" ? word : namespace,
    method: address === "method" ? word : method,
    request: right?.request,
  };
}

export const shown = ({ target: { topic, server }, kind, method, version, args }: Junk): string =>
  `rpc ${kind} ${topic}.${server} ${method} --version ${version ?? ""} ${JSON.stringify(args).slice(0, 2_000)}`;
