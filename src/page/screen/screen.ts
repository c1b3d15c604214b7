/**
 * A page as somebody saw it in their browser: a picture made of words, in which nothing can be clicked but what unfolds. How
 * wide it is, and so whether its side bar is beside it, is up to where it stands.
 */
import type { Screen, ScreenMessage, ScreenPanel } from "../../timeline/index.js";
import { el, word } from "../dom.js";
import { drawForm } from "./form.js";
import { drawPart } from "./parts.js";

const WORDS: Readonly<Record<ScreenMessage["level"], string>> = {
  success: "Success",
  info: "Info",
  warning: "Warning",
  error: "Error",
  danger: "Danger",
};

export function drawScreen(screen: Screen): HTMLElement {
  const { url, title, site, user, messages, dialogue } = screen;
  const page = el(
    "div",
    { class: "scr-page" },
    ...(user === undefined ? [] : [top(screen, user)]),
    el(
      "div",
      { class: user === undefined ? "scr-alone" : "scr-split" },
      screen.panels.length === 0 ? undefined : sideBar(screen.panels),
      el(
        "div",
        { class: "scr-main" },
        crumbs(screen.panels),
        ...messages.map(message),
        user === undefined ? undefined : el("p", { class: "scr-title" }, word(title)),
        tabBar(screen.tabs),
        ...screen.parts.map((part) => drawPart(part, title)),
      ),
    ),
    dialogue === undefined ? undefined : over(dialogue),
  );
  const name = title === "" ? site : `${title} - ${site}`;
  return el(
    "section",
    { class: "screen", "aria-label": `In the browser: ${name}` },
    el("p", { class: "scr-url" }, el("span", { class: "scr-window" }, word(name)), word(url)),
    page,
  );
}

function top({ site }: Screen, user: NonNullable<Screen["user"]>): HTMLElement {
  const others = user.projects.filter((one) => one !== user.project);
  const picker =
    others.length === 0
      ? el("span", { class: "scr-button" }, word(user.project), " ▾")
      : el(
          "details",
          { class: "scr-menu" },
          el("summary", { class: "scr-button" }, word(user.project), " ▾"),
          el(
            "ul",
            {},
            el("li", { class: "muted" }, "Projects:"),
            ...user.projects.map((one) =>
              el("li", {}, word(one), one === user.project ? " ✓" : undefined),
            ),
          ),
        );
  return el(
    "div",
    { class: "scr-top" },
    el("b", { class: "scr-brand" }, word(site)),
    picker,
    el("span", { class: "scr-user" }, word(user.name), " ▾"),
    el("span", { class: "scr-out" }, "Sign Out"),
  );
}

/** By dashboards and their groups; of another dashboard than the one that is open only the name. */
function sideBar(panels: readonly ScreenPanel[]): HTMLElement {
  const open = panels.find(({ current }) => current === true)?.dashboard ?? panels[0]?.dashboard;
  const bar = el("div", { class: "scr-side" });
  let dashboard: string | undefined;
  let group: string | undefined;
  let list: HTMLElement | undefined;
  for (const panel of panels) {
    const shown = panel.dashboard === open;
    if (panel.dashboard !== dashboard) {
      dashboard = panel.dashboard;
      group = undefined;
      bar.append(
        el("p", { class: "scr-dashboard" }, word(dashboard), el("span", {}, shown ? "▾" : "▸")),
      );
    }
    if (!shown) continue;
    if (panel.group !== group || list === undefined) {
      group = panel.group;
      if (group !== "") bar.append(el("p", { class: "scr-group" }, word(group)));
      list = el("ul", {});
      bar.append(list);
    }
    list.append(
      el("li", { "aria-current": panel.current === true ? "page" : undefined }, word(panel.name)),
    );
  }
  return bar;
}

/** Where one is, in a place that is too narrow for the side bar. */
function crumbs(panels: readonly ScreenPanel[]): HTMLElement | undefined {
  const here = panels.find(({ current }) => current === true);
  if (here === undefined) return undefined;
  const names = [here.dashboard, here.group, here.name].filter((name) => name !== "");
  return el("p", { class: "scr-crumbs" }, word(names.join(" / ")));
}

const message = ({ level, text }: ScreenMessage): HTMLElement =>
  el(
    "p",
    { class: `scr-message scr-${level}` },
    el("b", {}, `${WORDS[level]}: `),
    word(text),
    el("span", { class: "scr-close", "aria-hidden": "true" }, "×"),
  );

function tabBar(tabs: Screen["tabs"]): HTMLElement | undefined {
  if (tabs.length === 0) return undefined;
  const one = ({ name, current }: Screen["tabs"][number]): HTMLElement =>
    el("li", { "aria-current": current === true ? "true" : undefined }, word(name));
  return el("ul", { class: "scr-tabs" }, ...tabs.map(one));
}

function over({ title, parts }: NonNullable<Screen["dialogue"]>): HTMLElement {
  return el(
    "div",
    { class: "scr-shade" },
    el(
      "div",
      { class: "scr-dialogue" },
      ...parts.map((part) =>
        part.kind === "form" ? drawForm(part, title) : drawPart(part, title),
      ),
    ),
  );
}
