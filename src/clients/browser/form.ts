/**
 * A form that a person fills in: what they write stands in its fields, what they choose they choose by the words that they
 * read. What it does not offer they cannot have.
 */
import type { FormPart, PageField } from "../../services/horizon/client/index.js";
import { didYouMean } from "../../text/nearest.js";
import type { Entry } from "./act.js";

/** A person wants what the page does not have. */
export class NotOnPage extends Error {
  override readonly name = "NotOnPage";
}

export type Pairs = readonly (readonly [name: string, value: string])[];

/** What is sent. @throws NotOnPage */
export function filled(form: FormPart, entries: Readonly<Record<string, Entry>>): Pairs {
  for (const name of Object.keys(entries)) {
    if (form.fields.some((field) => field.name === name)) continue;
    const known = form.fields.filter(({ hidden }) => hidden !== true).map((field) => field.name);
    const hint = didYouMean(name, known) ?? `It has ${known.join(", ")}.`;
    throw new NotOnPage(`the form "${form.title}" has no field ${name}. ${hint}`);
  }
  return form.fields.flatMap((field): Pairs => {
    const entry = Object.hasOwn(entries, field.name) ? entries[field.name] : undefined;
    if (entry === undefined) return [field.initial].flat().map((value) => [field.name, value]);
    if (entry === false) return [];
    if (entry === true) return [[field.name, "on"]];
    return [entry].flat().map((one) => [field.name, valueOf(field, String(one))]);
  });
}

function valueOf({ choices, label }: PageField, written: string): string {
  if (choices === undefined) return written;
  const found =
    choices.find(([, text]) => text === written) ??
    choices.find(([value]) => value === written) ??
    // Horizon writes sizes behind names: `cirros (13.0 MB)`.
    choices.find(([, text]) => text.startsWith(`${written} (`) || text.startsWith(`${written} - `));
  if (found !== undefined) return found[0];
  const texts = choices.filter(([value]) => value !== "").map(([, text]) => text);
  const there = texts.length === 0 ? "there is none" : `there are ${texts.join(", ")}`;
  throw new NotOnPage(`${label} offers no "${written}": ${there}`);
}
