/** What stands there before anything has happened: what to type, and where else to look. */
import { el, word } from "../dom.js";
import type { About } from "./stream.js";

const COMMANDS = `nova boot t3 --flavor m1.nano --image cirros --nic net-name=private --poll
nova shelve t3
nova list`;

export function welcome({ environment, dashboard }: About): HTMLElement {
  const link = el("a", { href: `http://${dashboard ?? ""}/` }, `http://${dashboard ?? ""}/`);
  const named = (name: string): string =>
    new RegExp(`^export ${name}=(.*)$`, "mu").exec(environment)?.[1] ?? "";
  const who = `${named("OS_USERNAME")}, password ${named("OS_PASSWORD")}`;
  const horizon = el("p", {}, `Or sign in to Horizon as ${who}, at `, link, ".");
  return el(
    "main",
    { class: "welcome" },
    el("h2", {}, "Nothing has happened yet"),
    el("p", {}, "Paste this into a terminal:"),
    el("pre", { tabindex: 0, "aria-label": "Environment" }, environment.trimEnd()),
    el("p", {}, "and use OpenStack's own clients:"),
    el("pre", { tabindex: 0, "aria-label": "Commands" }, COMMANDS),
    el(
      "p",
      {},
      "Each request is listed here as it comes in, with every message that follows from it.",
    ),
    dashboard === null ? undefined : horizon,
    el(
      "p",
      { class: "muted" },
      "What is shown is the recording as it is written, in which long payloads are digests; ",
      word("novasim serve --record"),
      " keeps it.",
    ),
  );
}
