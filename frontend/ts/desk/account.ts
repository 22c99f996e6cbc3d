// Passkeys: the browser's own dialogue.

export function startAccount(): void {}
