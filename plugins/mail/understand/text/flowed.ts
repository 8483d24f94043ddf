/** format=flowed (RFC 3676): lines that end with a space go on in the next one of the same quote depth. */
export function unflow(text: string, deleteSpace: boolean): string {
  const out: string[] = [];
  let open: { depth: number; parts: string[] } | null = null;
  const close = () => {
    if (open) out.push(quoted(open.depth, open.parts.join('')));
    open = null;
  };
  for (const line of text.split('\n')) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0;
    const content = unstuffed(line.slice(depth));
    const isSignature = content === '-- ';
    if (open && (open.depth !== depth || isSignature)) close();
    open ??= { depth, parts: [] };
    const isSoft = content.endsWith(' ') && !isSignature;
    open.parts.push(isSoft && deleteSpace ? content.slice(0, -1) : content);
    if (!isSoft) close();
  }
  close();
  return out.join('\n');
}

function unstuffed(text: string): string {
  return text.startsWith(' ') ? text.slice(1) : text;
}

function quoted(depth: number, text: string): string {
  return depth === 0 ? text : `${'>'.repeat(depth)} ${text}`.trimEnd();
}
