/** Where the words of a picture stand, and so many of them as there is room for. */
import { part, type ArrowRow, type Label } from "../sequence/row.js";
import { safe } from "../words.js";
import { fitted, labelWidth } from "./measure.js";
import { GUTTER, type Across } from "./place.js";

const SIZE = 12;
/** Words of this width say something, even if they are cut then. */
const LEAST = 260;

/**
 * Where the words of a message begin, and so many of them as there is room for.
 * @param named words that stand beside the lanes say who speaks to whom
 */
export function arrowLabel(
  row: ArrowRow,
  layout: Across,
  named = true,
): { readonly x: number; readonly label: Label } | undefined {
  const from = layout.x(row.from);
  if (from === undefined) return undefined;
  const ends = endsOf(row, from, layout);
  const said = row.times === 1 ? row.label : [...row.label, part(`  ×${String(row.times)}`)];
  const label = layout.beside === undefined || !named ? said : [...whoToWhom(row, layout), ...said];
  const inside = layout.beside === undefined && ends.every((to) => to === from) && isOthers(row);
  if (inside) return labelPlace([...whoToWhom(row, layout), ...said], from + 9, from - 9, layout);
  return labelPlace(label, Math.min(from, ...ends) + 9, Math.max(from, ...ends) - 9, layout);
}

/** Between two, be they drawn in one lane or not. */
export const isOthers = ({ from, to }: ArrowRow): boolean => to.some((name) => name !== from);

export function endsOf(row: ArrowRow, from: number, layout: Across): readonly number[] {
  const reached = row.to.flatMap((name) => layout.x(name) ?? []);
  if (reached.length > 0) return reached;
  // What reaches nobody goes a little way toward the middle of the picture.
  return [from + (from > layout.width / 2 ? -1 : 1) * layout.pitch * 0.9];
}

/** Of words that do not stand at their arrow nobody could say whose they are. */
export function whoToWhom({ from, to }: ArrowRow, { lanes }: Across): Label {
  const actors = lanes.flatMap((lane) => lane.actors);
  const nameOf = (name: string): string => {
    const actor = actors.find((one) => one.name === name);
    if (actor === undefined) return safe(name);
    const { service, host } = actor;
    const several = actors.some((one) => one.service === service && one !== actor);
    return several ? `${safe(service)} ${safe(host)}` : safe(service);
  };
  const [first] = to;
  const whom = first === undefined ? "" : to.length > 1 ? String(to.length) : nameOf(first);
  return [part(`${nameOf(from)} → ${whom}  `, "muted")];
}

/** From `left` on, if it fits; else to `right`; else cut. Beside crowded lanes, in the column of words. */
export function labelPlace(
  label: Label,
  left: number,
  right: number,
  { beside, width }: Across,
): { readonly x: number; readonly label: Label } {
  if (beside !== undefined) return { x: beside, label: fitted(label, width - beside - 8, SIZE) };
  const wide = labelWidth(label, SIZE);
  if (left + wide <= width - 8) return { x: left, label };
  if (right - wide >= GUTTER) return { x: right - wide, label };
  // Cut where it stands, if something of it can be read there.
  const x = width - left > LEAST ? left : Math.max(GUTTER, Math.min(left, width - 8 - wide));
  return { x, label: fitted(label, width - 8 - x, SIZE) };
}
