/** What a browser makes of an answer of Horizon's: a page, a row of a table, messages for the person. */
import type { HttpResponse } from "../../http/index.js";
import type { Page, PageMessage, PageRow } from "../../services/horizon/client/index.js";

const NO_PAGE: Page = { title: "", messages: [], parts: [] };

export function pageOf({ body }: HttpResponse): Page {
  if (isPage(body)) return body;
  // A file is shown as it is.
  if (typeof body !== "string" || body === "") return NO_PAGE;
  return { title: "", messages: [], parts: [{ kind: "text", title: "", text: body }] };
}

/** What comes from Horizon is one, unless a fault has put something else in its place. */
const isPage = (body: unknown): body is Page =>
  typeof body === "object" &&
  body !== null &&
  "title" in body &&
  "messages" in body &&
  "parts" in body;

const isRow = (body: unknown): body is PageRow =>
  typeof body === "object" && body !== null && "id" in body && "cells" in body;

export const rowOf = ({ body }: HttpResponse): PageRow | undefined =>
  isRow(body) ? body : undefined;

/** Upstream: `X-Horizon-Messages`. */
export function toasts({ headers }: HttpResponse): PageMessage[] {
  const text = headers["x-horizon-messages"];
  if (text === undefined) return [];
  return (JSON.parse(text) as (readonly [PageMessage[0], string, string])[]).map(([tag, words]) => [
    tag,
    words,
  ]);
}

/** What is wrong in a step of a wizard: by fields, and what belongs to none. */
export function stepErrors({ body }: HttpResponse): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  if (typeof body !== "object" || body === null || !("errors" in body)) return found;
  const steps = body.errors as Readonly<Record<string, Readonly<Record<string, string[]>>>>;
  for (const fields of Object.values(steps)) {
    for (const [name, texts] of Object.entries(fields)) found.set(name, texts);
  }
  return found;
}
