/** What a pixel of the person may be while the picture is parsed; skin is divided among parts of the body later. */
export const labels = ['skin', 'hair', 'upper', 'lower', 'shoes', 'other'] as const;
export const labelCount = labels.length;
export const SKIN = 0;
export const HAIR = 1;
export const UPPER = 2;
export const LOWER = 3;
export const SHOES = 4;
export const OTHER = 5;
