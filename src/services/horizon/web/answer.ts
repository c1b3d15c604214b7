/** What a view gives back, before the middleware has seen it: a page, a part of one, somewhere else to go. */
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import type { PagePart, PageTabs } from "../client/index.js";
import type { HorizonRequest } from "./request.js";

export type Answer =
  | {
      readonly kind: "page";
      readonly title: string;
      /** What stands in its main block, which is rendered after sidebar and messages: it may ask services, too. */
      readonly main: () => Op<readonly PagePart[]>;
      readonly tabs?: PageTabs;
      /** Where its script goes on at once. */
      readonly location?: string;
      /** What its script asks for and draws, again and again. */
      readonly drawing?: string;
    }
  | { readonly kind: "redirect"; readonly to: string }
  /** What a script of the page asked for. */
  | { readonly kind: "raw"; readonly response: HttpResponse };

/** A view of Django's: what answers at a URL. */
export type View = (
  request: HorizonRequest,
  params: Readonly<Record<string, string>>,
) => Op<Answer>;

export const page = (
  title: string,
  main: () => Op<readonly PagePart[]>,
  tabs?: PageTabs,
): Answer => ({
  kind: "page",
  title,
  main,
  ...(tabs !== undefined && { tabs }),
});

export const redirect = (to: string): Answer => ({ kind: "redirect", to });
