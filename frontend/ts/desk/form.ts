// The form of an offer: keeps what is typed, shows how it will look.

export function startForm(): void {}
