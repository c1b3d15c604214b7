/**
 * What became of many deletes, as a text, as JSON or as XML, whatever the client takes. Upstream:
 * swift/common/middleware/bulk.py (get_response_body, ACCEPTABLE_FORMATS) at 2.2.0.
 */
import { dumps, type Json } from "../../../../../python/index.js";
import { titleOf } from "../../../common/answer.js";
import { bestMatch } from "../../../common/listing-request.js";

const FORMATS = ["text/plain", "application/json", "application/xml", "text/xml"] as const;

type ReportType = (typeof FORMATS)[number];

/** Undefined where the client takes nothing that there is. */
export const reportType = (accept: string | undefined): ReportType | undefined =>
  bestMatch(accept, FORMATS);

/** A quoted name, and what was wrong with it. */
export type Failure = readonly [name: string, status: string];

/** Numbers and texts by what they are called. */
export type Figures = Readonly<Record<string, string | number>>;

/** `409 Conflict`. */
export const statusLine = (status: number, reason = titleOf(status)): string =>
  `${String(status)} ${reason}`;

/** Texts for all types but JSON. */
export function reportBody(
  type: ReportType | undefined,
  figures: Figures,
  failures: readonly Failure[],
): string {
  if (type === "application/json") return dumps(jsonReport(figures, failures));
  const keys = Object.keys(figures).sort();
  if (type === "application/xml" || type === "text/xml") {
    const lines = keys.map((key) => {
      const tag = key.replaceAll(" ", "_").toLowerCase();
      return `<${tag}>${String(figures[key])}</${tag}>\n`;
    });
    const objects = failures.map(
      ([name, status]) =>
        `<object><name>${escaped(name)}</name><status>${status}</status></object>`,
    );
    return `<delete>\n${lines.join("")}<errors>\n${objects.join("\n")}</errors>\n</delete>\n`;
  }
  const lines = keys.map((key) => `${key}: ${String(figures[key])}\n`);
  const objects = failures.map((failure) => failure.join(", "));
  return `${lines.join("")}Errors:\n${objects.join("\n")}`;
}

export const jsonReport = (figures: Figures, failures: readonly Failure[]): Json => ({
  ...figures,
  Errors: failures.map((failure) => [...failure]),
});

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll(">", "&gt;").replaceAll("<", "&lt;");
