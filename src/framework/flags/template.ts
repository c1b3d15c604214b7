/**
 * `$my_ip` and `${my_ip}` in values. What is no name after the dollar stays as it is; `$$` is a
 * dollar. Upstream: `string.Template.safe_substitute`, as oslo.config 1.4 and gflags 1.3 use it.
 */

const TEMPLATE = /\$(?:\$|([_a-z][_a-z0-9]*)|\{([_a-z][_a-z0-9]*)\})/giu;

/** `text` with every name replaced by what `lookup` says. */
export function substitute(text: string, lookup: (name: string) => string): string {
  if (!text.includes("$")) return text;
  return text.replace(TEMPLATE, (whole, plain: string | undefined, braced: string | undefined) => {
    const name = plain ?? braced;
    return name === undefined ? whole.slice(0, 1) : lookup(name);
  });
}

/** oslo.config also takes `\$` for a dollar, since that is what people try first. */
export const withEscapes = (text: string): string => text.replaceAll("\\$", "$$$$");
