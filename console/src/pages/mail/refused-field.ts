import { Problem } from '../../api/client.ts';
import { inWords } from '../../kit/in-words.ts';
import type { Texts } from '../../texts/index.ts';

/** What the hub said about one field: `body.settings.imap.host` is about `settings.imap.host`. */
export function refusedField(
  error: unknown,
  texts: Texts,
): { readonly field: string; readonly text: string } | undefined {
  if (!(error instanceof Problem) || error.field === undefined) return undefined;
  const { title, remedy } = inWords(error, texts);
  const said = [title.replace(/^[\w.]+: /, ''), remedy].filter((part) => part !== undefined && part !== '');
  return { field: error.field.replace(/^body\./, ''), text: said.join('. ') };
}
