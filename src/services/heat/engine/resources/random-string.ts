/**
 * OS::Heat::RandomString: a text that nobody has thought of. What upstream checks of every resource it
 * forgets for this one, so that an unknown property is found only when it is made (bug 1392754).
 * Upstream: heat/engine/resources/random_string.py at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { IndexException, isObject, type Json, type JsonObject } from "../../../../python/index.js";
import { StackValidationFailed } from "../../exception.js";
import { allowedValues, range } from "../parameters/constraints.js";
import {
  integer,
  list,
  map,
  schemata,
  text,
  type PropertySchema,
  type PropertySchemata,
} from "../properties/schema.js";
import { Resource, type Handler } from "./resource.js";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";

const SEQUENCES: ReadonlyMap<string, string> = new Map([
  ["lettersdigits", LOWER + UPPER + DIGITS],
  ["letters", LOWER + UPPER],
  ["lowercase", LOWER],
  ["uppercase", UPPER],
  ["digits", DIGITS],
  ["hexdigits", `${DIGITS}ABCDEF`],
  ["octdigits", "01234567"],
]);

const NAMES = [...SEQUENCES.keys()];
const size = (value: number): PropertySchema =>
  integer({ default: value, constraints: [range("Range", [1, 512])] });

const SCHEMATA = schemata({
  length: size(32),
  sequence: text({ constraints: [allowedValues(NAMES)] }),
  character_classes: list(
    {},
    map(
      {},
      {
        class: text({ default: "lettersdigits", constraints: [allowedValues(NAMES)] }),
        min: size(1),
      },
    ),
  ),
  character_sequences: list({}, map({}, { sequence: text({ required: true }), min: size(1) })),
  salt: text(),
});

/** Characters, of which so many must be there. */
interface Characters {
  readonly from: string;
  readonly min: number;
}

export class RandomString extends Resource {
  override get className(): string {
    return "RandomString";
  }

  override get schemata(): PropertySchemata {
    return SCHEMATA;
  }

  override get attributeNames(): readonly string[] {
    return ["value"];
  }

  override *validate(): Op<void> {
    const { sequence, sequences, classes, length } = yield* this.#wanted();
    const refuse = (message: string) => new StackValidationFailed({ message });
    if (sequence !== "" && (sequences.length > 0 || classes.length > 0)) {
      const others = "'character_sequences' or 'character_classes' properties";
      throw refuse(`Cannot use deprecated 'sequence' property along with ${others}`);
    }
    const least = [...sequences, ...classes].reduce((sum, { min }) => sum + min, 0);
    if (least <= length) return;
    throw refuse(
      "Length property cannot be smaller than combined character class and character sequence minimums",
    );
  }

  *#wanted(): Op<{
    readonly sequence: string;
    readonly sequences: readonly Characters[];
    readonly classes: readonly Characters[];
    readonly length: number;
  }> {
    const sequence = yield* this.properties.get("sequence");
    const sequences = yield* this.properties.get("character_sequences");
    const classes = yield* this.properties.get("character_classes");
    const length = yield* this.properties.get("length");
    return {
      sequence: typeof sequence === "string" ? sequence : "",
      sequences: members(sequences).map((one) => ({
        from: textIn(one, "sequence"),
        min: minimum(one),
      })),
      classes: members(classes).map((one) => ({
        from: SEQUENCES.get(textIn(one, "class")) ?? "",
        min: minimum(one),
      })),
      length: typeof length === "number" ? length : 0,
    };
  }

  protected override createHandler(): Handler {
    const make = (): Op<Json> => this.#make();
    return { handle: make };
  }

  *#make(): Op<Json> {
    const { sequence, sequences, classes, length } = yield* this.#wanted();
    const { chance, db } = this.stack.parts;
    const all = [...sequences, ...classes];
    if (all.some(({ from }) => from === "")) throw new IndexException("string index out of range");
    const made =
      all.length > 0
        ? this.#mixed(all, length)
        : chance.text(SEQUENCES.get(sequence || "lettersdigits") ?? "", length);
    if (this.uuid !== undefined) {
      db.resource_data.insert({ resource_id: this.uuid, key: "value", value: made });
    }
    this.setResourceId(made);
    return null;
  }

  /** The least of each, then any of any, and all of it shuffled. */
  #mixed(all: readonly Characters[], length: number): string {
    const { chance } = this.stack.parts;
    const drawn = all.flatMap(({ from, min }) => Array.from(chance.text(from, min)));
    while (drawn.length < length) {
      drawn.push(chance.text(chance.pick(all).from, 1));
    }
    for (let last = drawn.length - 1; last > 0; last--) {
      const other = chance.int(0, last);
      [drawn[last], drawn[other]] = [drawn[other] ?? "", drawn[last] ?? ""];
    }
    return drawn.join("");
  }

  protected override *resolveAttribute(): Op<Json> {
    const { uuid } = this;
    if (uuid === undefined) return null;
    const row = this.stack.parts.db.resource_data.first({ resource_id: uuid, key: "value" });
    return row?.value ?? null;
  }
}

const members = (value: Json): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];

function textIn(members: JsonObject, key: string): string {
  const value = members[key];
  return typeof value === "string" ? value : "";
}

function minimum({ min }: JsonObject): number {
  return typeof min === "number" ? min : 1;
}
