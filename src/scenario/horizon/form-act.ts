/**
 * Acts whose meaning is a form that is filled in, by the labels that a person reads, and acts that click one button in rows. Which
 * field of a page each label is, stands here and nowhere else.
 */
import { z } from "zod";
import type { Act, Entry, Through } from "../../clients/index.js";
import { line, name, whole } from "../schema/values.js";
import type { Path } from "../load/path.js";
import type { NameUse } from "../verbs/verb.js";
import { actVerb } from "./act-verb.js";

/** What is written under the labels of a form. */
export type Written = Readonly<Record<string, Entry | undefined>>;

export interface Label {
  readonly schema: z.ZodType<Entry | undefined>;
  /** The name of its field. Default: it is none, and says where the form is. */
  readonly field?: string;
  /** Its field is in the form that comes once the first one is sent. */
  readonly later?: true;
  /** What it names, and whether it is made. */
  readonly names?: Pick<NameUse, "what" | "makes">;
}

/** @param required whether it must be filled in */
function label(
  schema: z.ZodType<Entry>,
  about: string,
  field: string | undefined,
  required: boolean,
): Label {
  const whole = required ? schema : schema.optional();
  return { schema: whole.meta({ description: about }), ...(field !== undefined && { field }) };
}

const long: z.ZodType<Entry> = line(10_000);

/** What a thing is called: a row, or a choice. */
export const called = (about: string, field?: string): Label => label(long, about, field, true);
export const maybeCalled = (about: string, field: string): Label =>
  label(long, about, field, false);
export const text = (about: string, field: string): Label => label(long, about, field, false);
export const number = (about: string, field: string, required = false): Label =>
  label(whole(-1, 1e7), about, field, required);
export const flag = (about: string, field: string): Label =>
  label(z.boolean({ error: "true or false" }), about, field, false);
export const several = (about: string, field: string): Label =>
  label(z.array(name).max(50), about, field, false);
/** Of several lines. */
export const page = (about: string, field: string): Label =>
  label(z.string().min(1).max(100_000), about, field, true);

/** In the form that comes once the first one is sent. */
export const later = (one: Label): Label => ({ ...one, later: true });

/** `name=value`, several. */
export const pairs = (about: string): Label => ({
  schema: z
    .array(z.string().regex(/^[^=\s]+=[^\n]*$/u, { error: "name=value" }))
    .max(50)
    .optional()
    .meta({ description: about }),
});

export const state = (about: string): Label =>
  label(z.enum(["UP", "DOWN"], { error: "UP or DOWN" }), about, "admin_state", false);

export const naming = (
  one: Label,
  what: NameUse["what"],
  makes?: NonNullable<NameUse["makes"]>,
): Label => ({ ...one, names: { what, ...(makes !== undefined && { makes }) } });

export interface FormAct {
  readonly about: string;
  readonly labels: Readonly<Record<string, Label>>;
  /** Of the page where it begins. */
  readonly path: string;
  readonly table?: string;
  /** The label whose value is the row that the button is in. Default: it stands above the table. */
  readonly row?: string;
  /** The label whose value is the row whose page is opened first, and how. */
  readonly through?: Omit<Through, "row"> & { readonly label: string };
  /** What is clicked. */
  readonly action: string;
  /** More than labels say: fields that follow from what is written. */
  readonly fill?: (written: Written) => Readonly<Record<string, Entry>>;
  /** The same in the form that comes once the first one is sent. */
  readonly fillLater?: (written: Written) => Readonly<Record<string, Entry>>;
  /** Of these labels, at most one. */
  readonly oneOf?: readonly string[];
}

export function formAct<const K extends string>(key: K, form: FormAct) {
  const { labels, oneOf = [] } = form;
  const shape = Object.fromEntries(
    Object.entries(labels).map(([words, { schema }]) => [words, schema]),
  );
  const schema = z
    .strictObject(shape)
    .refine((written) => oneOf.filter((words) => written[words] !== undefined).length <= 1, {
      error: `at most one of ${oneOf.join(", ")}`,
    })
    .meta({ description: form.about });
  return actVerb({
    key,
    schema: { [key]: schema } as unknown as Record<K, z.ZodType<Written>>,
    act: (value) => filledIn(form, writtenIn(value, key)),
    names: (value) => usesOf(labels, writtenIn(value, key), [key]),
  });
}

const writtenIn = (value: object, key: string): Written =>
  (Object.entries(value).find(([name]) => name === key)?.[1] ?? {}) as Written;

/** The text under a label that must be there. */
const textAt = (written: Written, words: string): string => String(written[words] ?? "");

function filledIn({ path, table, row, through, action, ...form }: FormAct, written: Written): Act {
  const [fields, then]: [Record<string, Entry>, Record<string, Entry>] = [{}, {}];
  for (const [words, { field, later: isLater = false }] of Object.entries(form.labels)) {
    const entry = written[words];
    if (field !== undefined && entry !== undefined) (isLater ? then : fields)[field] = entry;
  }
  Object.assign(fields, form.fill?.(written));
  Object.assign(then, form.fillLater?.(written));
  return {
    kind: "click",
    path,
    ...(table !== undefined && { table }),
    ...(through !== undefined && { through: throughOf(through, written) }),
    action: [action],
    rows: row === undefined ? [] : [textAt(written, row)],
    fields,
    ...(Object.keys(then).length > 0 && { then }),
  };
}

function throughOf(
  { label: words, ...through }: NonNullable<FormAct["through"]>,
  written: Written,
): Through {
  return { ...through, row: textAt(written, words) };
}

const usesOf = (
  labels: Readonly<Record<string, Label>>,
  written: Written,
  at: Path,
): readonly NameUse[] =>
  Object.entries(labels).flatMap(([words, { names }]) => {
    const entry = written[words];
    if (names === undefined || typeof entry !== "string") return [];
    return [{ ...names, name: entry, at: [...at, words] }];
  });

/** A button of a row, or, for several rows, of the table. */
export function rowAct<const K extends string>(
  key: K,
  place: {
    readonly path: string;
    readonly table: string;
    readonly action: string;
    readonly about: string;
  },
) {
  const one = z
    .union([long, z.array(name).min(1).max(100)], { error: "a name, or a list of them" })
    .meta({ description: place.about });
  return actVerb({
    key,
    schema: { [key]: one } as Record<K, typeof one>,
    act(value) {
      const { path, table, action } = place;
      const written: unknown = Object.values(value as object)[0];
      const rows = Array.isArray(written) ? written.map(String) : [String(written)];
      return { kind: "click", path, table, action: [action], rows };
    },
  });
}

/** The page of one row is opened, by its name or by a link among its actions. */
export function openAct<const K extends string>(
  key: K,
  place: {
    readonly path: string;
    readonly table?: string;
    readonly action?: string;
    readonly tab?: string;
    readonly about: string;
    readonly what?: NameUse["what"];
  },
) {
  const one = long.meta({ description: place.about });
  const rowIn = (value: object): string => String(Object.values(value)[0]);
  return actVerb({
    key,
    schema: { [key]: one } as Record<K, typeof one>,
    act(value): Act {
      const { path, table, action, tab } = place;
      const through = {
        row: rowIn(value),
        ...(table !== undefined && { table }),
        ...(action !== undefined && { action: [action] }),
      };
      return tab === undefined
        ? { kind: "follow", path, through }
        : { kind: "tab", path, through, tab };
    },
    names: (value) =>
      place.what === undefined ? [] : [{ what: place.what, name: rowIn(value), at: [key] }],
  });
}
