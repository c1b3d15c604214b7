/**
 * A whole page of Horizon's: the bar above, the side bar, messages, tabs and parts, each a thing that the simulated Horizon
 * has answered; nothing is made up here. Dialogues are pages of their own, as they are upstream without scripts.
 * Upstream: openstack_dashboard/templates/_header.html, horizon/templates/horizon/_messages.html at 2014.2.
 */
import {
  MESSAGE_WORDS,
  SITE_BRANDING,
  type Page,
  type PagePanel,
  type PagePart,
} from "../../services/horizon/client/index.js";
import { formHtml } from "./form.js";
import { html, Html } from "./html.js";
import { SCRIPT, STYLE } from "./look.js";
import { tableHtml } from "./table.js";

export interface PageAt {
  /** Path and query of the page. */
  readonly target: string;
  /** The token against forged forms. */
  readonly csrf: string;
}

export function pageHtml(page: Page, at: PageAt): string {
  const { title, user, panels = [], location, messages } = page;
  const go =
    location !== undefined && html`<meta http-equiv="refresh" content="0;url=${location}" />`;
  const here = panels.find(({ current }) => current === true);
  const alone = user === undefined;
  const whole = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      ${go}
      <link rel="icon" href="data:," />
      <title>${title} - ${SITE_BRANDING}</title>
      <style>
        ${new Html(STYLE)}
      </style>
    </head>
    <body class="${alone ? "alone" : "inside"}">
      ${user !== undefined && bar(page, user)} ${panels.length > 0 && sideBar(panels)}
      <main>
        ${alone && html`<b class="brand">${SITE_BRANDING}</b>`}
        ${messages.map(([tag, text]) => html`<p class="alert ${tag}" role="status"><b>${MESSAGE_WORDS[tag]}: </b>${text}</p>`)}
        ${!alone && html`<h2>${title}</h2>`} ${tabBar(page)}
        ${partsOf(page).map((part) => partHtml(part, at, alone ? undefined : here?.url))}
      </main>
      <script>
        ${new Html(SCRIPT)};
      </script>
    </body>
  </html>`;
  return `<!doctype html>\n${whole.text}\n`;
}

/** Who is here, in which project, and the way out. */
function bar({ projects = [] }: Page, [name, project]: NonNullable<Page["user"]>): Html {
  const others = projects.filter((one) => one !== project);
  const title = others.length > 0 && html` title="also in ${others.join(", ")}"`;
  return html`<header>
    <b class="brand"><a href="/">${SITE_BRANDING}</a></b>
    <span class="project" ${title}>${project}</span>
    <span class="user">${name}</span> <a href="/auth/logout/">Sign Out</a>
  </header>`;
}

function sideBar(panels: readonly PagePanel[]): Html {
  const dashboards = [...new Set(panels.map(({ dashboard }) => dashboard))];
  const open = panels.find(({ current }) => current === true)?.dashboard ?? dashboards[0];
  const link = ({ url, name, current }: PagePanel): Html => {
    const is = current === true && html` aria-current="page"`;
    return html`<li><a href="${url}" ${is}>${name}</a></li>`;
  };
  return html`<nav aria-label="Panels">
    ${dashboards.map((dashboard) => {
      const own = panels.filter((panel) => panel.dashboard === dashboard);
      const groups = [...new Set(own.map(({ group }) => group))];
      return html`<details ${dashboard === open && html` open`}>
        <summary>${dashboard}</summary>
        ${groups.map(
          (group) =>
            html`${group !== "" && html`<h4>${group}</h4>`}
              <ul>
                ${own.filter((panel) => panel.group === group).map(link)}
              </ul>`,
        )}
      </details>`;
    })}
  </nav>`;
}

function tabBar({ tabs }: Page): Html | undefined {
  if (tabs === undefined || tabs.list.length < 2) return undefined;
  return html`<ul class="tabs">
    ${tabs.list.map(({ id, name }) => {
      const is = id === tabs.active && html` aria-current="page"`;
      return html`<li><a href="?tab=${id}" ${is}>${name}</a></li>`;
    })}
  </ul>`;
}

/** Of parts that stand in tabs, those of the one that is open. */
const partsOf = ({ parts, tabs }: Page): readonly PagePart[] =>
  parts.filter(({ tab }) => tab === undefined || tab === tabs?.active);

function partHtml(part: PagePart, { target, csrf }: PageAt, back: string | undefined): Html {
  switch (part.kind) {
    case "table":
      return tableHtml(part, csrf, target);
    case "form":
      return formHtml(part, csrf, back);
    case "list":
      return html`<section>
        <h3>${part.title}</h3>
        <dl>
          ${part.items.map(
            ([name, value, percent]) =>
              html`<dt>${name}</dt>
                <dd>
                  ${value}${percent !== undefined && html` <meter min="0" max="100" value="${percent}"></meter>`}
                </dd>`,
          )}
        </dl>
      </section>`;
    case "text":
      return html`<section>
        <h3>${part.title}</h3>
        <pre>${part.text}</pre>
      </section>`;
    default:
      return part satisfies never;
  }
}
