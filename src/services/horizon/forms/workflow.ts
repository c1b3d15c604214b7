/**
 * A workflow: several steps of a form in one dialogue. Each is built, which asks for its choices, and cleaned before the next
 * one is built; what is wrong in any of them shows the whole again. Upstream: horizon/workflows/base.py, views.py at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import type { Query } from "../../../http/index.js";
import { page, redirect, type Answer } from "../web/answer.js";
import { handle } from "../web/exceptions.js";
import type { HorizonRequest } from "../web/request.js";
import { cleanFields, shownField, type Cleaned, type Errors, type Field } from "./field.js";

export interface Step {
  /** Its fields, with their choices as services have them now. */
  readonly fields: (request: HorizonRequest) => Op<readonly Field[]>;
  /** What is wrong with what each field has nothing against. */
  readonly clean?: (request: HorizonRequest, cleaned: Cleaned, errors: Errors) => Op<void>;
  /** What its help text asks for when it is shown. */
  readonly help?: (request: HorizonRequest) => Op<void>;
}

export interface Workflow {
  readonly title: string;
  /** What its button says. */
  readonly submit: string;
  readonly steps: readonly Step[];
  /** @returns whether it was done; why not, is among the messages */
  readonly handle: (request: HorizonRequest, cleaned: Cleaned) => Op<boolean>;
  readonly success: (cleaned: Cleaned) => string;
  readonly failure: (cleaned: Cleaned) => string;
  readonly successUrl: string;
}

export function* workflowView(request: HorizonRequest, workflow: Workflow): Op<Answer> {
  const { post, method } = request;
  const errors: Errors = new Map();
  const fields: Field[] = [];
  const cleaned: Record<string, Cleaned[string]> = {};
  for (const step of workflow.steps) {
    const own = yield* step.fields(request);
    fields.push(...own);
    if (method !== "POST") continue;
    const values = cleanFields(own, post, errors);
    if (step.clean !== undefined) yield* step.clean(request, values, errors);
    Object.assign(cleaned, values);
  }
  if (method !== "POST" || errors.size > 0) {
    return shown(request, workflow, fields, errors, method === "POST" ? post : undefined);
  }
  let done = false;
  try {
    done = yield* workflow.handle(request, cleaned);
  } catch (thrown) {
    handle(request, yield* caught(thrown));
  }
  if (done) request.message("success", workflow.success(cleaned));
  else request.message("error", workflow.failure(cleaned));
  return redirect(request.query.get("next") ?? workflow.successUrl);
}

const shown = (
  request: HorizonRequest,
  { title, submit, steps }: Workflow,
  fields: readonly Field[],
  errors: Errors,
  post: Query | undefined,
): Answer =>
  page(title, function* () {
    for (const { help } of steps) if (help !== undefined) yield* help(request);
    const form = {
      kind: "form" as const,
      title,
      submit,
      action: request.fullPath,
      fields: fields.map((field) => shownField(field, post, errors)),
      errors: errors.get("") ?? [],
    };
    return [form];
  });
