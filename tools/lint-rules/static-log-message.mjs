const LEVELS = new Set(['debug', 'info', 'warn', 'error', 'fatal']);

/** A message that never varies can be searched and counted, and carries no customer's words; what varies goes into the fields. */
export const staticLogMessage = {
  meta: {
    type: 'problem',
    messages: { varies: 'Make the log message a fixed text and put what varies into the fields before it.' },
  },
  create: (context) => ({
    CallExpression(node) {
      if (!isLogCall(node.callee)) return;
      const message = node.arguments[1];
      if (message !== undefined && !isFixedText(message)) context.report({ node: message, messageId: 'varies' });
    },
  }),
};

/** `log.info(…)`, `context.log.warn(…)`. */
function isLogCall(callee) {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const { object } = callee;
  const name = object.type === 'MemberExpression' ? object.property.name : object.name;
  return name === 'log' && LEVELS.has(callee.property.name);
}

function isFixedText(node) {
  return node.type === 'Literal' && typeof node.value === 'string';
}
