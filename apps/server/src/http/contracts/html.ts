/** Text as HTML shows it, wherever it stands. */
export const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** A description: backticks are the only marks that it may have. */
export const inline = (text: string): string =>
  escape(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
