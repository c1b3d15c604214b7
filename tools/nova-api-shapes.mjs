// The shapes of Nova's own API samples: which keys an answer has, how they are nested, and of what type each value is. Makes
// test/services/nova/api/samples/shapes-2014.2.json of doc/api_samples of openstack/nova at 2014.2:
//   node tools/nova-api-shapes.mjs <path of doc/api_samples>
import fs from "node:fs";
import path from "node:path";

const [root] = process.argv.slice(2);
if (root === undefined) {
  console.error("usage: node tools/nova-api-shapes.mjs <path of nova's doc/api_samples at 2014.2>");
  process.exit(2);
}

/** `str`, `num`, `bool`, `null`, `[shape of an item]`, `{key: shape}`; `key?` is not in every item. */
function shapeOf(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? [] : [merged(value.map(shapeOf))];
  if (typeof value === "object") {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => [key, shapeOf(value[key])]),
    );
  }
  return { string: "str", number: "num", boolean: "bool" }[typeof value];
}

const isObject = (shape) => typeof shape === "object" && !Array.isArray(shape);

function merged(shapes) {
  const [first, ...others] = shapes;
  return others.reduce(mergedPair, first);
}

function mergedPair(a, b) {
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  if (isObject(a) && isObject(b)) {
    const bare = (key) => key.replace(/\?$/u, "");
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)].map(bare))].sort();
    return Object.fromEntries(
      keys.map((key) => {
        const [x, y] = [a[key] ?? a[`${key}?`], b[key] ?? b[`${key}?`]];
        const always = a[key] !== undefined && b[key] !== undefined;
        const shape = x === undefined ? y : y === undefined ? x : mergedPair(x, y);
        return [always ? key : `${key}?`, shape];
      }),
    );
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    const items = [...a, ...b];
    return items.length === 0 ? [] : [merged(items)];
  }
  return "any";
}

const files = fs
  .readdirSync(root, { recursive: true })
  .map((file) => file.split(path.sep).join("/"))
  .filter((file) => file.endsWith(".json"))
  .sort();
const lines = files.map((file) => {
  const text = fs.readFileSync(path.join(root, file), "utf8");
  // Some are empty: an answer without a body.
  // And some are Python rather than JSON.
  const shape = text.trim() === "" ? "null" : shapeOf(JSON.parse(text.replaceAll("'", '"')));
  return `  ${JSON.stringify(file)}: ${JSON.stringify(shape)}`;
});
const target = path.join(
  import.meta.dirname,
  "../test/services/nova/api/samples/shapes-2014.2.json",
);
fs.mkdirSync(path.dirname(target), { recursive: true });
fs.writeFileSync(target, `{\n${lines.join(",\n")}\n}\n`);
console.log(`${files.length} samples: ${path.relative(process.cwd(), target)}`);
