/** The answer to the question of a chapter, folded: a class thinks first. */
import type { Chapter } from "../views/model/chapters.js";
import { safe } from "../views/words.js";
import { el, word } from "./dom.js";

/** Nothing, where there is none. */
export function answerOf({ answer }: Chapter): readonly HTMLElement[] {
  if (answer === "") return [];
  const words = el("p", {}, word(safe(answer)));
  const made = el("details", { class: "solution" }, el("summary", {}, "Answer"), words);
  // Who opens it stays where the cursor is.
  made.addEventListener("click", (event) => event.stopPropagation());
  return [made];
}
