/**
 * Fields of a form, and what Django makes of what was sent for them. Upstream: django/forms/fields.py of 1.6.
 */
import type { Query } from "../../../http/index.js";
import { ipText, parseInteger, parseIp, parseIpNetwork } from "../../../python/index.js";
import type { PageField } from "../client/index.js";

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly required?: boolean;
  /** `ip` and `network`: an address, and one with a mask, of either version. */
  readonly kind: "text" | "integer" | "choice" | "multiple" | "boolean" | "ip" | "network";
  readonly choices?: readonly Choice[];
  readonly initial?: string | readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** Where a number is out of its range, in the place of Django's words. */
  readonly rangeText?: string;
  /** Characters. */
  readonly longest?: number;
  /** Where nothing is written, in the place of Django's words. */
  readonly requiredText?: string;
  readonly pattern?: { readonly regex: RegExp; readonly text: string };
  readonly secret?: boolean;
  readonly hidden?: boolean;
  readonly readonly?: boolean;
}

export type Choice = readonly [value: string, text: string];

/** What a field holds once it is clean; null: nothing that would be clean. */
export type Value = string | number | boolean | readonly string[] | null;

export type Cleaned = Readonly<Record<string, Value>>;

/** By the names of fields; `""`: of the form as a whole. */
export type Errors = Map<string, readonly string[]>;

/** One field after the other, in their order. */
export function cleanFields(fields: readonly Field[], post: Query, errors: Errors): Cleaned {
  return Object.fromEntries(fields.map((field) => [field.name, clean(field, post, errors)]));
}

function clean(field: Field, post: Query, errors: Errors): Value {
  const { name, kind, required = false } = field;
  const refuse = (text: string): null => {
    errors.set(name, [text]);
    return null;
  };
  const missing = field.requiredText ?? "This field is required.";
  if (kind === "multiple") {
    const values = post.getAll(name).filter((value) => value !== "");
    const stranger = values.find((value) => !offers(field, value));
    if (values.length === 0 && required) return refuse(missing);
    return stranger === undefined ? values : refuse(invalidChoice(stranger));
  }
  const text = post.get(name) ?? "";
  if (kind === "boolean") return !["", "False", "0"].includes(text);
  if (text === "") return required ? refuse(missing) : kind === "integer" ? null : "";
  switch (kind) {
    case "integer":
      return integer(field, text, refuse);
    case "choice":
      return offers(field, text) ? text : refuse(invalidChoice(text));
    case "text": {
      const { longest = Infinity, pattern } = field;
      if (text.length > longest) {
        const had = String(text.length);
        return refuse(
          `Ensure this value has at most ${String(longest)} characters (it has ${had}).`,
        );
      }
      return pattern !== undefined && !pattern.regex.test(text) ? refuse(pattern.text) : text;
    }
    // Upstream: horizon/forms/fields.py (IPField).
    case "ip": {
      const address = parseIp(text);
      return address === undefined ? refuse(NO_IP) : ipText(address);
    }
    case "network": {
      const network = parseIpNetwork(text);
      if (network === undefined) return refuse(NO_IP);
      return `${ipText(network)}/${String(network.prefix)}`;
    }
    default:
      return kind satisfies never;
  }
}

function integer(
  { min = -Infinity, max = Infinity, rangeText }: Field,
  text: string,
  refuse: (text: string) => null,
): number | null {
  const value = parseInteger(text);
  if (value === undefined) return refuse("Enter a whole number.");
  if (value >= min && value <= max) return value;
  if (rangeText !== undefined) return refuse(rangeText);
  return value < min
    ? refuse(`Ensure this value is greater than or equal to ${String(min)}.`)
    : refuse(`Ensure this value is less than or equal to ${String(max)}.`);
}

const NO_IP = "Incorrect format for IP address";

const offers = ({ choices = [] }: Field, value: string): boolean =>
  choices.some(([one]) => one === value);

const invalidChoice = (value: string): string =>
  `Select a valid choice. ${value} is not one of the available choices.`;

/** As it stands on a page: with what was sent, and what was wrong with it. */
export function shownField(field: Field, post: Query | undefined, errors: Errors): PageField {
  const { name, label, required = false, kind, choices, initial } = field;
  const list = kind === "multiple" || kind === "boolean";
  const sent = post === undefined ? undefined : list ? post.getAll(name) : (post.get(name) ?? "");
  const wrong = errors.get(name);
  return {
    name,
    label,
    required,
    initial: sent ?? initial ?? (list ? [] : ""),
    ...(kind === "multiple" && { multiple: true as const }),
    ...(field.secret === true && { secret: true as const }),
    ...(field.hidden === true && { hidden: true as const }),
    ...(field.readonly === true && { readonly: true as const }),
    ...(choices !== undefined && { choices }),
    ...(wrong !== undefined && { errors: wrong }),
  };
}

/** What is written in a field that holds a text. */
export const textIn = (cleaned: Cleaned, name: string): string => {
  const value = cleaned[name];
  return typeof value === "string" ? value : "";
};

/** The number in a field; null if it is left empty. */
export const numberIn = (cleaned: Cleaned, name: string): number | null => {
  const value = cleaned[name];
  return typeof value === "number" ? value : null;
};

export const listIn = (cleaned: Cleaned, name: string): readonly string[] => {
  const value = cleaned[name];
  return typeof value === "object" && value !== null ? value : [];
};
