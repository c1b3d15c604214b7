/**
 * A form in a dialogue, of one step: it is built, which may ask for what stands in it, cleaned and handled. What could not be
 * done shows it again. Upstream: horizon/forms/views.py (ModalFormView), base.py (SelfHandlingForm) at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import type { PagePart } from "../client/index.js";
import { page, redirect, type Answer } from "../web/answer.js";
import { handle } from "../web/exceptions.js";
import type { HorizonRequest } from "../web/request.js";
import { cleanFields, shownField, type Cleaned, type Errors, type Field } from "./field.js";

export interface ModalForm {
  readonly title: string;
  /** What its button says. */
  readonly submit: string;
  /** Its fields, as it is built with what it begins with. */
  readonly fields: (request: HorizonRequest) => Op<readonly Field[]>;
  /** What is wrong beyond single fields. */
  readonly clean?: (request: HorizonRequest, cleaned: Cleaned, errors: Errors) => Op<void>;
  /** @returns whether it was done; if not, `errors` may say why. Messages are its own. */
  readonly handle: (request: HorizonRequest, cleaned: Cleaned, errors: Errors) => Op<boolean>;
  /** What is asked for when it is shown. Upstream: `get_context_data`. */
  readonly context?: (request: HorizonRequest) => Op<void>;
  readonly successUrl: string | ((cleaned: Cleaned) => string);
  /** Where it is sent. Default: to where it was asked for. */
  readonly action?: string;
  /** What is shown in its place once it is handled, in the same answer; `successUrl` leads nowhere then. */
  readonly next?: (cleaned: Cleaned) => ModalForm;
  /** What stands above it. */
  readonly above?: (request: HorizonRequest) => Op<readonly PagePart[]>;
}

export function* formView(request: HorizonRequest, form: ModalForm): Op<Answer> {
  const posted = request.method === "POST";
  const errors: Errors = new Map();
  const fields = yield* form.fields(request);
  if (posted) {
    const cleaned = cleanFields(fields, request.post, errors);
    if (form.clean !== undefined) yield* form.clean(request, cleaned, errors);
    if (errors.size === 0 && (yield* done(request, form, cleaned, errors))) {
      if (form.next !== undefined) {
        const next = form.next(cleaned);
        return yield* shown(request, next, yield* next.fields(request), new Map(), false);
      }
      const { successUrl } = form;
      return redirect(typeof successUrl === "string" ? successUrl : successUrl(cleaned));
    }
  }
  return yield* shown(request, form, fields, errors, posted);
}

function* shown(
  request: HorizonRequest,
  form: ModalForm,
  fields: readonly Field[],
  errors: Errors,
  posted: boolean,
): Op<Answer> {
  if (form.context !== undefined) yield* form.context(request);
  return page(form.title, function* () {
    const above = form.above === undefined ? [] : yield* form.above(request);
    const part = {
      kind: "form" as const,
      title: form.title,
      submit: form.submit,
      action: form.action ?? request.fullPath,
      fields: fields.map((field) => shownField(field, posted ? request.post : undefined, errors)),
      errors: errors.get("") ?? [],
    };
    return [...above, part];
  });
}

function* done(
  request: HorizonRequest,
  form: ModalForm,
  cleaned: Cleaned,
  errors: Errors,
): Op<boolean> {
  try {
    return yield* form.handle(request, cleaned, errors);
  } catch (thrown) {
    const error = yield* caught(thrown);
    handle(request, error);
    return false;
  }
}
