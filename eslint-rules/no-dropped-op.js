/**
 * Typed rule: an operation that nobody runs. `sleep(ms);` builds a generator and drops it, and no
 * compiler says so. The same for a callback: `items.forEach((item) => this.handle(item))`.
 */
const OPERATIONS = new Set(["Op", "Generator"]);

/** Whether `type`, or a part of it, is an operation. */
function isOperation(type) {
  if (type.isUnion()) return type.types.some(isOperation);
  return OPERATIONS.has(type.symbol?.name ?? "") || OPERATIONS.has(type.aliasSymbol?.name ?? "");
}

export const noDroppedOp = {
  meta: {
    type: "problem",
    docs: { description: "An operation does nothing until somebody runs it with `yield*`." },
    schema: [],
    messages: {
      dropped:
        "This operation is never run. Write `yield*` before it, or hand it to `spawn` if nobody is to wait for it.",
      callback:
        "The caller of this callback drops the operation that it returns. Use a `for` loop with `yield*`, or `spawn` it.",
    },
  },

  create(context) {
    const services = context.sourceCode.parserServices;
    if (services.program == null) {
      throw new Error(`${context.filename} has no types: add it to a tsconfig`);
    }
    const checker = services.program.getTypeChecker();

    /** Whether the place where function `node` stands expects a function without a result. */
    function resultIsDropped(node) {
      const expected = checker.getContextualType(services.esTreeNodeToTSNodeMap.get(node));
      const signatures = expected?.getCallSignatures() ?? [];
      return (
        signatures.length > 0 &&
        signatures.every((each) => checker.typeToString(each.getReturnType()) === "void")
      );
    }

    function checkCallback(node) {
      const [signature] = services.getTypeAtLocation(node).getCallSignatures();
      if (signature === undefined || !isOperation(signature.getReturnType())) return;
      if (resultIsDropped(node)) context.report({ node, messageId: "callback" });
    }

    return {
      ExpressionStatement({ expression }) {
        if (expression.type === "AssignmentExpression") return;
        const value =
          expression.type === "UnaryExpression" && expression.operator === "void"
            ? expression.argument
            : expression;
        if (isOperation(services.getTypeAtLocation(value))) {
          context.report({ node: expression, messageId: "dropped" });
        }
      },
      ArrowFunctionExpression: checkCallback,
      FunctionExpression: checkCallback,
    };
  },
};
