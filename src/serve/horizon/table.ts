/**
 * A table of Horizon's as one that can be used: its rows with the actions that the page offers for each, which are links or
 * buttons that post the table's form. Upstream: horizon/templates/horizon/common/_data_table.html, _data_table_row.html at
 * 2014.2.
 */
import type { PageAction, PageRow, TablePart } from "../../services/horizon/client/index.js";
import { csrfField } from "./form.js";
import { html, type Html } from "./html.js";

/** Which table a row stands in: what it cannot say itself. */
export interface RowOf {
  readonly table: string;
  /** It can be chosen for what is done with several. */
  readonly chosen: boolean;
  readonly acts: boolean;
  /** It is asked for again while its status is unknown. */
  readonly polled: boolean;
}

/** @param target the page's own address, to which its form is posted */
export function tableHtml(part: TablePart, csrf: string, target: string): Html {
  const { name, title, columns, rows, empty, footer, next, actions } = part;
  const of: RowOf = {
    table: name,
    chosen: part.polled || actions.some(({ post }) => post !== undefined),
    acts: part.polled || rows.some((row) => row.actions.length > 0),
    polled: part.polled,
  };
  const width = columns.length + (of.chosen ? 1 : 0) + (of.acts ? 1 : 0);
  const heads = columns.map((text) => html`<th scope="col">${text}</th>`);
  return html`<form class="table" method="post" action="${target}">
    ${csrfField(csrf)}
    <div class="caption">
      <h3>${title}</h3>
      <span>${actions.map(actionHtml)}</span>
    </div>
    <div class="scroll">
      <table id="${name}">
        <thead>
          <tr>
            ${of.chosen && html`<th scope="col"><span class="unseen">Chosen</span></th>`} ${heads}
            ${of.acts && html`<th scope="col">Actions</th>`}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => rowHtml(row, of))}
          ${
            rows.length === 0 &&
            html`<tr>
              <td class="empty" colspan="${width}">${empty}</td>
            </tr>`
          }
        </tbody>
      </table>
    </div>
    <p class="footer">${footer} ${next !== undefined && html`<a href="${next}">Next »</a>`}</p>
  </form>`;
}

/** One row of it, as a script asks for it too. */
export function rowHtml(row: PageRow, of: RowOf): Html {
  const { id, name, cells, href, actions, status = "" } = row;
  const moving = status === "unknown" && of.polled;
  const asked = `?action=row_update&table=${of.table}&obj_id=${encodeURIComponent(id)}`;
  const update = moving && html` data-update="${asked}"`;
  return html`<tr class="status_${status}" ${update}>
    ${
      of.chosen &&
      html`<td>
        <input type="checkbox" name="object_ids" value="${id}" aria-label="${name}" />
      </td>`
    }
    ${cells.map((text, i) => html`<td>${i === 0 && href !== undefined ? html`<a href="${href}">${text}</a>` : linesOf(text)}</td>`)}
    ${of.acts && html`<td class="actions">${actionsHtml(actions)}</td>`}
  </tr>`;
}

const linesOf = (text: string): Html =>
  html`${text.split("\n").map((line) => html`<span class="line">${line}</span>`)}`;

/** The first is a button, the others are in the menu beside it. */
function actionsHtml([first, ...rest]: readonly PageAction[]): Html | undefined {
  if (first === undefined) return undefined;
  if (rest.length === 0) return actionHtml(first);
  return html`<div class="acts">
    ${actionHtml(first)}
    <details class="menu">
      <summary><span class="btn">More ▾</span></summary>
      <ul>
        ${rest.map((one) => html`<li>${actionHtml(one)}</li>`)}
      </ul>
    </details>
  </div>`;
}

function actionHtml({ name, text, href, post, disabled, danger }: PageAction): Html {
  const kind = danger === true ? "btn danger" : "btn";
  if (disabled === true) return html`<span class="btn off" aria-disabled="true">${text}</span>`;
  if (href !== undefined) return html`<a class="${kind}" href="${href}">${text}</a>`;
  return html`<button
    class="${kind}"
    type="submit"
    name="action"
    value="${post}"
    data-action="${name}"
  >
    ${text}
  </button>`;
}
