export function restart(): void;
