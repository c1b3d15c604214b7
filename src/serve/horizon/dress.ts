/**
 * What the simulated Horizon answers, as a browser wants it: a page is a value in the simulation, and markup on its way out.
 * What is no page (a file, a redirect, what a script asks for and draws) goes out as it is.
 */
import { parseQuery } from "../../http/index.js";
import { isObject, type Json, type JsonObject } from "../../python/index.js";
import {
  cookiesOf,
  storeCookies,
  type Page,
  type PageRow,
} from "../../services/horizon/client/index.js";
import type { Dress } from "../http/listener.js";
import { policyOf } from "./look.js";
import { pageHtml } from "./page.js";
import { rowHtml } from "./table.js";

export const dressed: Dress = ({ target, headers }, response) => {
  const { body } = response;
  const [path = "/", query = ""] = target.split("?");
  if (isRow(body)) {
    const table = parseQuery(query).get("table") ?? "";
    // Only tables that can be acted on have rows that are asked for again.
    const of = { table, chosen: true, acts: true, polled: true };
    return { ...response, body: rowHtml(body as unknown as PageRow, of).text };
  }
  if (!isPage(body)) return response;
  const jar = cookiesOf(headers["cookie"]);
  storeCookies(jar, response.headers["set-cookie"]);
  const at = {
    target: `${path}${query === "" ? "" : `?${query}`}`,
    csrf: jar.get("csrftoken") ?? "",
  };
  const text = pageHtml(body as unknown as Page, at);
  const safe = {
    "content-security-policy": policyOf(text),
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  };
  return { ...response, body: text, headers: { ...response.headers, ...safe } };
};

const isPage = (body: Json): body is JsonObject =>
  isObject(body) && Array.isArray(body["parts"]) && typeof body["title"] === "string";

const isRow = (body: Json): body is JsonObject =>
  isObject(body) && Array.isArray(body["cells"]) && typeof body["id"] === "string";
