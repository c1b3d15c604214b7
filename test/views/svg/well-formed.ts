/**
 * What of an SVG is not well-formed XML, by the productions of XML 1.0 that a picture uses: one root,
 * elements that close where they must, attributes in quotes and once each, entities that are known, and
 * no character that no document may have.
 */
const TOKEN = /<([^<>"']|"[^<"]*"|'[^<']*')*>|[^<]+|</gu;
const NAME = "[A-Za-z_:][-A-Za-z0-9_:.]*";
const OPEN = new RegExp(`^<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"]*"|'[^']*'))*)\\s*(/?)>$`, "u");
const CLOSE = new RegExp(`^</(${NAME})\\s*>$`, "u");
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/iu;
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The first thing that is wrong, or undefined. */
export function malformed(xml: string): string | undefined {
  if (NO_CHARACTER.test(xml)) return "a character that no XML document may have";
  const entity = ENTITY.exec(xml);
  if (entity !== null)
    return `an & that begins no entity: ${xml.slice(entity.index, entity.index + 20)}`;
  const open: string[] = [];
  let roots = 0;
  for (const [token] of xml.matchAll(TOKEN)) {
    if (!token.startsWith("<")) {
      if (open.length === 0 && token.trim() !== "") return `text outside of the root: ${token}`;
      continue;
    }
    const closing = CLOSE.exec(token);
    if (closing !== null) {
      const last = open.pop();
      if (last !== closing[1]) return `${token} where </${String(last)}> should be`;
      continue;
    }
    const opening = OPEN.exec(token);
    if (opening === null) return `not a tag: ${token.slice(0, 80)}`;
    const [, name = "", attributes = "", empty] = opening;
    const names = [...attributes.matchAll(new RegExp(`(${NAME})\\s*=`, "gu"))].map(
      ([, one]) => one,
    );
    const quoted = attributes.replaceAll(/"[^"]*"|'[^']*'/gu, "");
    const written = [...quoted.matchAll(new RegExp(NAME, "gu"))].map(([one]) => one);
    if (new Set(written).size !== written.length) return `an attribute twice: ${token}`;
    if (names.length < written.length) return `an attribute without a value: ${token}`;
    if (open.length === 0) roots += 1;
    if (empty !== "/") open.push(name);
  }
  if (open.length > 0) return `<${open.join("><")}> not closed`;
  return roots === 1 ? undefined : `${String(roots)} roots`;
}
