/** The heads of the lanes, which stay while rows scroll: projects, services, hosts. */
import { headLines } from "../../views/svg/heads.js";
import type { Across, PlacedLane } from "../../views/svg/place.js";
import { el, word } from "../dom.js";

export function drawHeads(holder: HTMLElement, layout: Across): void {
  const upright = layout.beside !== undefined;
  holder.className = upright ? "heads upright" : "heads";
  holder.style.width = `${String(layout.width)}px`;
  const bands = layout.bands.flatMap(({ project, lanes }) => {
    const [first] = lanes;
    const last = lanes.at(-1);
    if (first === undefined || last === undefined || project === "") return [];
    const band = el("div", { class: "band" }, word(project));
    place(band, first.x - layout.pitch / 2 + 3, last.x - first.x + layout.pitch - 6);
    return [band];
  });
  holder.replaceChildren(
    ...bands,
    ...layout.lanes.map((lane) => head(lane, layout.pitch, upright)),
  );
}

function head(
  { head: name, under, x, actor }: PlacedLane,
  pitch: number,
  upright: boolean,
): HTMLElement {
  const host = under === "" ? undefined : el("span", { class: "under" }, word(under));
  const made = el("div", { class: "head", title: actor.name });
  if (upright) {
    made.append(el("b", {}, word(name)), host ?? "");
    made.style.left = `${String(x)}px`;
    return made;
  }
  const most = under === "" ? 3 : 2;
  for (const line of headLines(name, pitch - 6).slice(0, most)) {
    made.append(el("b", {}, word(line)));
  }
  if (host !== undefined) made.append(host);
  place(made, x - pitch / 2 + 2, pitch - 4);
  return made;
}

function place(element: HTMLElement, left: number, width: number): void {
  element.style.left = `${String(left)}px`;
  element.style.width = `${String(width)}px`;
}
