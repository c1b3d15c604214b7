/** The one motion of the page: a dot along the message that a step forward brought. */
import { picture } from "../dom.js";
import type { Way } from "./lines.js";

const GLIDE = 300;

/** One dot along each of the ways, once; none for who wants no motion. */
export function glide(svg: SVGSVGElement, ways: readonly Way[]): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const { d } of ways) {
    const [dot] = picture('<circle class="map-dot" r="4"/>', 1, 1, "0 0 1 1").children;
    if (!(dot instanceof SVGElement)) continue;
    dot.style.offsetPath = `path("${d}")`;
    svg.append(dot);
    const steps = [{ offsetDistance: "0%" }, { offsetDistance: "100%" }];
    dot.animate(steps, { duration: GLIDE, easing: "ease-in-out" }).finished.then(
      () => dot.remove(),
      () => undefined,
    );
  }
}
