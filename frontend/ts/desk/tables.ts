// Lists of the desk: choosing many.

export function startTables(): void {}
