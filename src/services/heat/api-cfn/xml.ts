/**
 * A dictionary with one key as XML. Of one with several, only the one counts that Python lists first.
 * Upstream: heat/common/serializers.py (XMLResponseSerializer) at 2014.2.
 */
import {
  dictOrder,
  dumps,
  isObject,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../python/index.js";

/** Members that are JSON within XML. */
const JSON_ONLY: readonly string[] = ["TemplateBody", "Metadata"];

export function xmlOf(data: JsonObject): string {
  const [root = ""] = dictOrder(Object.keys(data));
  return element(root, content(data[root] ?? null));
}

function content(value: Json): string {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item) => element("member", content(item))).join("");
  }
  if (!isObject(value)) return escaped(str(value));
  return dictOrder(Object.keys(value))
    .map((key) => {
      const member = value[key] ?? null;
      if (!JSON_ONLY.includes(key)) return element(key, content(member));
      return element(key, truth(member) ? escaped(dumps(member)) : "");
    })
    .join("");
}

const element = (name: string, inner: string): string =>
  inner === "" ? `<${name}/>` : `<${name}>${inner}</${name}>`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
