/**
 * A dialogue that is sent by a script: step by step where it is a wizard, whose steps the site validates before the next one is
 * shown. Upstream: horizon/static/horizon/js/horizon.modals.js (init_wizard) at 2014.2.
 */
import type { Op } from "../../kernel/index.js";
import type { FormPart } from "../../services/horizon/client/index.js";
import { stepErrors } from "./answers.js";
import type { Pairs } from "./form.js";
import { SCRIPT, type Site } from "./site.js";
import type { BrowserWindow, Shown } from "./window.js";

/** Send it; it stays open where something is wrong with it. */
export function* sendDialogue(
  site: Site,
  window: BrowserWindow,
  form: FormPart,
  pairs: Pairs,
): Op<Shown> {
  const signed = site.signed(pairs);
  for (let step = 0; step < (form.wizard ?? 1) - 1; step++) {
    const headers = {
      ...SCRIPT,
      "x-horizon-validate-step-start": String(step),
      "x-horizon-validate-step-end": String(step),
    };
    const wrong = stepErrors(yield* site.ask("POST", form.action, signed, headers));
    if (wrong.size > 0) return refused(form, pairs, wrong);
  }
  return yield* window.dialogue("POST", form.action, signed);
}

function refused(
  form: FormPart,
  pairs: Pairs,
  wrong: ReadonlyMap<string, readonly string[]>,
): Shown {
  const fields = asWritten(form, pairs).fields.map((field) => {
    const errors = wrong.get(field.name);
    return errors === undefined ? field : { ...field, errors };
  });
  const part = { ...form, fields, errors: wrong.get("__all__") ?? [] };
  const page = { title: form.title, messages: [], parts: [part] };
  return { path: form.action, status: 200, page, dialogue: true };
}

/** A form as it was filled in. */
export function asWritten(form: FormPart, pairs: Pairs): FormPart {
  const fields = form.fields.map((field) => {
    const written = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (typeof field.initial !== "string") return { ...field, initial: written };
    return { ...field, initial: written[0] ?? "" };
  });
  return { ...form, fields };
}
