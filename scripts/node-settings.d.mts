export function restart(): void;
export function forget(): void;
