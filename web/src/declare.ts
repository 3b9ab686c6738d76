// Declares a well-known prefix when its colon is typed, as people expect of a SPARQL editor.
import { EditorState } from "@codemirror/state";
import type { Extension, Transaction, TransactionSpec } from "@codemirror/state";
import { data } from "./page.ts";
import { declaration } from "./prefixes.ts";
import { inText } from "./scan.ts";

/** The prefix whose colon a transaction has typed last, when it is one of ours. */
function typedPrefix(transaction: Transaction): string | null {
  if (!transaction.docChanged || !transaction.isUserEvent("input")) return null;
  let colon = -1;
  transaction.changes.iterChanges((_from, _to, _start, end, inserted) => {
    if (inserted.lines === 1 && inserted.sliceString(inserted.length - 1) === ":") colon = end;
  });
  if (colon < 0) return null;
  const line = transaction.newDoc.lineAt(colon);
  const before = transaction.newDoc.sliceString(line.from, colon);
  const name = /(?:^|[\s({[|/^!,;.])([A-Za-z][\w-]*):$/u.exec(before)?.[1];
  if (!name || !(name in data.prefixes) || /^\s*PREFIX\s/i.test(before)) return null;
  return inText(transaction.newDoc.sliceString(0, colon - 1)) ? null : name;
}

/** The extension. */
export function declareTyped(): Extension {
  return EditorState.transactionFilter.of((transaction): TransactionSpec | readonly TransactionSpec[] => {
    const prefix = typedPrefix(transaction);
    if (!prefix) return transaction;
    const change = declaration(transaction.newDoc.toString(), prefix, data.prefixes[prefix] ?? "");
    return change ? [transaction, { changes: change, sequential: true }] : transaction;
  });
}
