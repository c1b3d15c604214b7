/**
 * What goes wrong, in the words of scenario files: those that there are, with how often they have struck, and a place to write
 * another one. What is wrong with that is said by the server, as `novasim check` says it.
 */
import { count } from "../../views/words.js";
import { button, el, word } from "../dom.js";

interface Fault {
  readonly number: number;
  readonly kind: string;
  readonly text: string;
  readonly strikes: number;
  readonly lifted: boolean;
}

type Answer = { readonly faults?: readonly Fault[]; readonly error?: { readonly message: string } };

const URL = "/novasim/faults";

/** What people try first, each as it is written after `fault:`. */
const EXAMPLES: readonly (readonly [words: string, fault: string])[] = [
  ["A hypervisor cannot start the guest", "driver: spawn\nhost: compute-1\nerror: no disk"],
  ["A cast is lost on its way", "drop: { method: build_and_run_instance }"],
  ["Messages come late", "delay: { topic: scheduler, by: 5s, for: 1m }"],
  ["A reply is lost", "lose_reply: { method: select_destinations }"],
  ["A service takes nothing from its queue", "stall: { host: compute-1 }"],
  ["A host is cut off", "cut_off: { host: compute-1, for: 2m }"],
  ["Glance answers 503", "answer: { status: 503, path: /v2/images/*, times: 3 }"],
  ["The broker restarts", "restart_broker: { for: 5s }"],
];

export class FaultsPane {
  readonly element: HTMLElement;
  readonly #list = el("ul", { class: "faults" });
  readonly #text = el("textarea", {
    id: "fault-text",
    rows: 4,
    spellcheck: "false",
    "aria-describedby": "fault-said",
  });
  readonly #said = el("pre", {
    id: "fault-said",
    class: "bad",
    role: "alert",
    tabindex: 0,
    hidden: true,
  });
  readonly #changed: (inForce: number) => void;
  #asked = 0;

  /** @param changed told how many are in force */
  constructor(changed: (inForce: number) => void) {
    this.#changed = changed;
    const examples = el(
      "select",
      { id: "fault-example" },
      el("option", { value: "" }, "Examples …"),
    );
    for (const [words, fault] of EXAMPLES) examples.append(el("option", { value: fault }, words));
    examples.addEventListener("change", () => {
      if (examples.value !== "") this.#text.value = examples.value;
      examples.value = "";
      this.#text.focus();
    });
    const form = el(
      "form",
      { class: "new-fault" },
      el("label", { for: "fault-example", class: "spoken" }, "Examples of faults"),
      el(
        "label",
        { for: "fault-text" },
        "What is to go wrong, as after ",
        el("code", {}, "fault:"),
        " in a scenario",
      ),
      examples,
      this.#text,
      this.#said,
      el("p", {}, el("button", { type: "submit", class: "inject" }, "Inject")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send("POST", URL, this.#text.value);
    });
    this.element = el("div", { class: "fault-pane" }, this.#list, form);
    this.#draw([]);
  }

  /** Asks for them anew. */
  ask(): void {
    void this.#send("GET", URL);
  }

  async #send(method: string, url: string, body?: string): Promise<void> {
    const turn = ++this.#asked;
    let answer: Answer;
    try {
      const response = await fetch(url, { method, ...(body !== undefined && { body }) });
      answer = (await response.json()) as Answer;
    } catch {
      if (method !== "GET") this.#tell("The cloud does not answer.");
      return;
    }
    if (answer.error !== undefined) {
      this.#tell(answer.error.message);
      return;
    }
    if (method === "POST") this.#text.value = "";
    if (method !== "GET") this.#tell("");
    if (answer.faults === undefined) this.ask();
    else if (turn === this.#asked) {
      this.#draw(answer.faults);
      this.#changed(answer.faults.filter(({ lifted }) => !lifted).length);
    }
  }

  #tell(words: string): void {
    this.#said.textContent = words;
    this.#said.hidden = words === "";
    this.#text.toggleAttribute("aria-invalid", words !== "");
  }

  #draw(faults: readonly Fault[]): void {
    const inForce = faults.filter(({ lifted }) => !lifted);
    const focused = this.#list.contains(document.activeElement);
    const rows = [...faults].reverse().map(({ kind, text, strikes, lifted }) => {
      const struck = strikes === 0 ? "has not struck" : `struck ${count(strikes, "time")}`;
      const facts = el("span", { class: "muted" }, `${struck}${lifted ? " · over" : ""}`);
      const heal = lifted
        ? undefined
        : button(`Heal ${kind}`, `Heal ${kind}: ${text}`, () => {
            void this.#send("DELETE", `${URL}/${encodeURIComponent(kind)}`);
          });
      return el(
        "li",
        { class: lifted ? "over" : undefined },
        el("span", {}, "⚡ ", word(text)),
        facts,
        heal,
      );
    });
    const none = el(
      "li",
      { class: "muted" },
      "Nothing goes wrong. Whatever is injected is recorded, and a replay has it too.",
    );
    const all = button("Heal everything", "Heal everything", () => void this.#send("DELETE", URL));
    this.#list.replaceChildren(
      ...(rows.length === 0 ? [none] : rows),
      ...(inForce.length > 1 ? [el("li", {}, all)] : []),
    );
    if (focused) this.#text.focus();
  }
}
