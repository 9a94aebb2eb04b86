/**
 * What prompts may not ask for. Each rule is a set of patterns over normalised text (lower case, single spaces).
 * They are kept narrow: "nude heels", "a naked dress", "sheer blouse", "breast pocket" and "cocktail dress" are
 * everyday words of the trade.
 */

const people =
  '(?:woman|women|man|men|girl|girls|boy|boys|model|models|lady|person|people|body|bodies|female|male|figure)';

/** Explicit sexual content and nudity: refused at `permissive` and `conservative`. */
export const explicit: readonly RegExp[] = [
  /\b(?:porn|porno|pornographic|pornography|hentai|nsfw|xxx|blowjob|handjob|cumshot|gangbang|orgasm)\b/,
  /\b(?:masturbat\w*|fellatio|cunnilingus|intercourse|penis|vagina|vulva|genitals?|genitalia|erection)\b/,
  /\b(?:having|have|has|oral|anal|group) sex\b/,
  /\bsex(?:ual)? (?:act|acts|scene|position|content)\b/,
  /\b(?:topless|bottomless|undressed|nudity)\b/,
  /\bnaked\b(?! (?:dress|dresses|heel|heels|sandal|sandals|look))/,
  new RegExp(String.raw`\b(?:fully |completely |totally )nude\b`),
  new RegExp(String.raw`\bnude ${people}\b`),
  new RegExp(
    String.raw`\b${people} (?:in the |is |are )?nude\b(?! (?:tone|tones|colou?r|shade|heels?|lips?|dress|top))`,
  ),
  /\b(?:without|no|remove|removing|take off) (?:any |all |her |his |their |the )*(?:clothes|clothing)\b/,
  /\b(?:exposed|bare|visible) (?:breasts?|nipples?|genitals?)\b/,
];

/** Swimwear, underwear and revealing outfits: refused at `conservative`. */
export const revealing: readonly RegExp[] = [
  /\b(?:lingerie|underwear|panties|knickers|thong|g string|bralette|negligee|babydoll|bikini|bikinis)\b/,
  /\b(?:swimwear|swimsuit|swimsuits|swim trunks|bathing suit|speedo)\b/,
  /\b(?:bra|bras)\b/,
  /\b(?:see through|transparent) (?:dress|top|shirt|blouse|skirt|clothes|clothing|outfit)\b/,
];

const suggestive: readonly RegExp[] = [
  /\b(?:sexy|seductive|erotic|sensual|provocative|fetish|sexual)\b/,
  /\b(?:nude|naked)\b/,
];

const minors =
  /\b(?:child|children|kid|kids|toddler|toddlers|baby|babies|infant|infants|preteen|preteens|teen|teens|teenage|teenager|teenagers|underage|minor|minors|schoolgirl|schoolgirls|schoolboy|schoolboys|little (?:girl|girls|boy|boys)|(?:[1-9]|1[0-7]) ?(?:years?|yrs?|yo|y o)(?: old)?)\b/;

/** Anything sexual about minors is refused at every level. */
export function sexualisesMinors(text: string): boolean {
  return (
    minors.test(text) &&
    [...explicit, ...suggestive, ...revealing.slice(0, 1)].some((pattern) => pattern.test(text))
  );
}
