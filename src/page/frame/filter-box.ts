/** Where one types what one wants to see, with what there is to type. */
import { completionsOf, type Completion } from "../../views/filter/complete.js";
import type { App } from "../app.js";
import { el, word } from "../dom.js";

export class FilterBox {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #list = el("div", { class: "offers", role: "listbox", id: "offers", hidden: true });
  readonly #input = el("input", {
    type: "search",
    placeholder: "Filter  /",
    "aria-label": "Filter rows",
    autocomplete: "off",
    spellcheck: "false",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "offers",
    "aria-autocomplete": "list",
  });
  #offers: readonly Completion[] = [];
  #chosen = -1;
  #waiting = 0;

  constructor(app: App) {
    this.#app = app;
    this.#list.setAttribute("aria-label", "Completions");
    this.element = el("div", { class: "filter" }, this.#input, this.#list);
    this.#input.addEventListener("input", () => {
      this.#offer();
      this.#ask();
    });
    this.#input.addEventListener("blur", () => this.#close());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  draw({ state }: App): void {
    if (document.activeElement !== this.#input) this.#input.value = state.filter;
  }

  /** What is typed within one picture is read once. */
  #ask(): void {
    cancelAnimationFrame(this.#waiting);
    this.#waiting = requestAnimationFrame(() => this.#app.set({ filter: this.#input.value }));
  }

  #key(event: KeyboardEvent): void {
    const { key } = event;
    const by = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (by !== 0 && this.#offers.length > 0) {
      this.#choose((this.#chosen + by + this.#offers.length) % this.#offers.length);
    } else if ((key === "Enter" || key === "Tab") && this.#offers[this.#chosen] !== undefined) {
      this.#take(this.#offers[this.#chosen]);
    } else if (key === "Escape" && this.#offers.length > 0) {
      this.#close();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #offer(): void {
    const at = this.#input.selectionStart ?? this.#input.value.length;
    const all = at === this.#input.value.length;
    this.#offers = all ? completionsOf(this.#input.value, this.#app.model) : [];
    this.#list.replaceChildren(
      ...this.#offers.map((offer, i) => {
        const one = el("div", { role: "option", id: `offer-${String(i)}` }, word(offer.word));
        // Before the field loses its focus.
        one.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          this.#take(offer);
        });
        return one;
      }),
    );
    const open = this.#offers.length > 0;
    this.#list.hidden = !open;
    this.#input.setAttribute("aria-expanded", String(open));
    this.#choose(-1);
  }

  #choose(at: number): void {
    this.#chosen = at;
    [...this.#list.children].forEach((one, i) =>
      one.setAttribute("aria-selected", String(i === at)),
    );
    if (at === -1) this.#input.removeAttribute("aria-activedescendant");
    else this.#input.setAttribute("aria-activedescendant", `offer-${String(at)}`);
  }

  /** A key asks for a value, and values are offered at once. */
  #take(offer: Completion | undefined): void {
    if (offer === undefined) return;
    this.#input.value = offer.text;
    this.#offer();
    this.#ask();
  }

  #close(): void {
    this.#offers = [];
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#choose(-1);
  }
}
