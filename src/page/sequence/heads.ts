/** The heads of the lanes, which stay while rows scroll: groups that fold, services, hosts. */
import type { Group } from "../../views/sequence/lanes.js";
import { headLines, isUpright } from "../../views/svg/heads.js";
import type { Across, PlacedBand, PlacedLane } from "../../views/svg/place.js";
import { button, el, word } from "../dom.js";

export interface Regrouping {
  /** Folds the group of that name, or unfolds it. */
  fold(name: string): void;
  /** Groups by the other. */
  regroup(): void;
  readonly group: Group;
}

/** @param acts without them groups are as they are */
export function drawHeads(holder: HTMLElement, layout: Across, acts: Regrouping | undefined): void {
  holder.className = layout.beside === undefined ? "heads" : "heads upright";
  holder.style.width = `${String(layout.width)}px`;
  holder.replaceChildren(
    ...(acts === undefined ? [] : [regroup(acts)]),
    ...layout.bands.flatMap((band) => bandOf(band, acts)),
    ...layout.lanes.map((lane) => head(lane, isUpright(lane, layout))),
  );
}

function regroup({ group, regroup }: Regrouping): HTMLElement {
  const other = group === "host" ? "project" : "host";
  return button(`by ${other}`, `Lanes by ${other}`, regroup, { class: "regroup" });
}

function bandOf(
  { name, lanes, folded }: PlacedBand,
  acts: Regrouping | undefined,
): readonly HTMLElement[] {
  const [first] = lanes;
  const last = lanes.at(-1);
  if (first === undefined || last === undefined || name === "") return [];
  const words = folded ? `Unfold ${name}` : `Fold ${name} into one lane`;
  const band =
    acts === undefined
      ? el("div", { class: "band" }, word(name))
      : button(word(name), words, () => acts.fold(name), {
          class: "band",
          "aria-expanded": String(!folded),
        });
  const left = first.x - first.width / 2;
  place(band, left + 3, last.x + last.width / 2 - left - 6);
  return [band];
}

function head({ head: name, under, x, width, actors }: PlacedLane, upright: boolean): HTMLElement {
  const title = actors.map((actor) => actor.name).join(", ");
  const host = under === "" ? undefined : el("span", { class: "under" }, word(under));
  const made = el("div", { class: upright ? "head up" : "head", title });
  if (upright) {
    made.append(el("b", {}, word(name)), host ?? "");
    made.style.left = `${String(x)}px`;
    return made;
  }
  const most = under === "" ? 3 : 2;
  for (const line of headLines(name, width - 6).slice(0, most)) {
    made.append(el("b", {}, word(line)));
  }
  if (host !== undefined) made.append(host);
  place(made, x - width / 2 + 2, width - 4);
  return made;
}

function place(element: HTMLElement, left: number, width: number): void {
  element.style.left = `${String(left)}px`;
  element.style.width = `${String(width)}px`;
}
