/**
 * A form of Horizon's as one that a browser sends: its fields, what is wrong with them, and the token against forged forms.
 * Steps of a workflow, tabs upstream, stand one under the other. Upstream: horizon/templates/horizon/common/_form_field.html,
 * _workflow.html, openstack_auth's login form at 2014.2.
 */
import type { FormPart, PageField } from "../../services/horizon/client/index.js";
import { html, type Html } from "./html.js";

/** The field that Django looks for in whatever is posted. */
export const csrfField = (token: string): Html =>
  html`<input type="hidden" name="csrfmiddlewaretoken" value="${token}" />`;

/** @param back where Cancel leads; nowhere for a login */
export function formHtml(form: FormPart, csrf: string, back: string | undefined): Html {
  const { title, action, submit, fields, errors } = form;
  return html`<form class="form" method="post" action="${action}">
    ${csrfField(csrf)}
    <h3>${title}</h3>
    ${errors.map((text) => html`<p class="alert error">${text}</p>`)} ${stepsOf(fields)}
    <p class="footer">
      ${back !== undefined && html`<a class="btn" href="${back}">Cancel</a>`}
      <button class="btn primary" type="submit">${submit}</button>
    </p>
  </form>`;
}

function stepsOf(fields: readonly PageField[]): readonly Html[] {
  const steps = [...new Set(fields.map(({ step = "" }) => step))];
  return steps.map((step) => {
    const own = fields.filter((field) => (field.step ?? "") === step).map(fieldHtml);
    return step === ""
      ? html`${own}`
      : html`<fieldset>
          <legend>${step}</legend>
          ${own}
        </fieldset>`;
  });
}

function fieldHtml(field: PageField): Html {
  const { name, label, required, errors = [], hidden } = field;
  if (hidden === true) {
    return html`${texts(field).map((one) => html`<input type="hidden" name="${name}" value="${one}" />`)}`;
  }
  const wrong = errors.length > 0;
  const several = field.multiple === true || isCheck(field);
  const words = html`${label}${required && html` <span class="must" title="required">*</span>`}`;
  const head = several
    ? html`<span class="label">${isCheck(field) ? undefined : words}</span>`
    : html`<label class="label" for="id_${name}">${words}</label>`;
  return html`<div class="field${wrong ? " has-error" : ""}">
    ${head}
    <div>
      ${control(field)} ${errors.map((text) => html`<span class="help-block">${text}</span>`)}
    </div>
  </div>`;
}

/** What it has now, one or several. */
const texts = ({ initial }: PageField): readonly string[] => [initial].flat();

/** Yes or no: it has no choices, and what it has is a list. */
const isCheck = ({ initial, choices }: PageField): boolean =>
  typeof initial === "object" && choices === undefined;

/** Texts of several lines, by their names; a page does not say so. */
const LONG = /(?:_data|public_key|description|environment|script)$/u;

function control(field: PageField): Html {
  const { name, label, required, choices, secret, readonly: fixed } = field;
  const now = texts(field);
  const off = fixed === true && html` readonly`;
  const must = required && field.multiple !== true && html` required`;
  if (isCheck(field)) {
    const on = now.length > 0 && html` checked`;
    return html`<label><input type="checkbox" name="${name}" value="on" ${on} /> ${label}</label>`;
  }
  if (field.multiple === true) {
    return html`${(choices ?? []).map(([value, text]) => {
      const on = now.includes(value) && html` checked`;
      return html`<label
        ><input type="checkbox" name="${name}" value="${value}" ${on} /> ${text}</label
      >`;
    })}`;
  }
  if (choices !== undefined) {
    const options = choices.map(([value, text]) => {
      const on = now.includes(value) && html` selected`;
      return html`<option value="${value}" ${on}>${text}</option>`;
    });
    return html`<select id="id_${name}" name="${name}" ${must}>
      ${options}
    </select>`;
  }
  if (LONG.test(name)) {
    // A line break right after the tag is none of the text.
    return html`<textarea id="id_${name}" name="${name}" rows="5" ${off}>
${now.join("\n")}</textarea>`;
  }
  const type = secret === true ? "password" : "text";
  return html`<input
    type="${type}"
    id="id_${name}"
    name="${name}"
    value="${now.join("")}"
    ${secret === true && html` autocomplete="off"`}
    ${must}
    ${off}
  />`;
}
