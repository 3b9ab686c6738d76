// The same folding as the server's search: letters, digits and marks that a reader takes for the same.

/** What one letter becomes: letters, nothing (a mark), or a space (anything that parts words). */
export function foldLetter(letter: string): string {
  return letter
    .replace(/ۀ/g, "ه")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}\u0640\u0621]/gu, "")
    .replace(/[يى]/g, "ی")
    .replace(/ك/g, "ک")
    .replace(/ة/g, "ه")
    .replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
    .replace(/[^\p{L}\p{N}]/gu, " ");
}

/** Lower-case words with single spaces between them. */
export function fold(text: string): string {
  return foldLetter(text).replace(/ +/g, " ").trim();
}
