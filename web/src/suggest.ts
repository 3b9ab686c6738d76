// Search as you type on a page of the server, which is asked for every word.
import { type Answer, suggest } from "./combobox.ts";

suggest(async (q, lang, most, signal) => {
  const query = new URLSearchParams({ q, lang, limit: String(most) });
  const answer = await fetch(`/api/search?${query.toString()}`, { signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Answer;
});
