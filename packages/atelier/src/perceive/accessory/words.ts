/** What accessories there are; the last two are known only to be refused by name. */
const accessoryNames = ['hat', 'glasses', 'necklace', 'bag', 'scarf', 'shoes'] as const;
export type AccessoryName = (typeof accessoryNames)[number];

const words: Readonly<Record<AccessoryName, RegExp>> = {
  glasses: /\b(?:(?:sun|eye)?glasses|spectacles|shades|aviators?|wayfarers?)\b/,
  hat: /\b(?:hats?|caps?|beanies?|fedoras?|berets?|panama|trilby|bonnets?)\b/,
  necklace: /\b(?:necklaces?|chains?|pendants?|chokers?|pearls)\b/,
  bag: /\b(?:(?:hand|shoulder)?bags?|totes?|purses?|clutch(?:es)?|satchels?)\b/,
  scarf: /\b(?:scar(?:f|ves)|shawls?|stoles?)\b/,
  shoes: /\b(?:shoes?|boots?|sneakers?|trainers?|sandals?|heels|loafers?)\b/,
};

/** The one accessory that a description names; null for none or several. */
export function accessoryNamed(description: string): AccessoryName | null {
  const text = description.toLowerCase();
  const [first, ...further] = accessoryNames.filter((name) => words[name].test(text));
  return first !== undefined && further.length === 0 ? first : null;
}
