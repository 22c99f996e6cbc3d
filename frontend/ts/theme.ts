// Runs before the first paint, so that a remembered choice never flashes. Nothing is stored here.
const chosen = read();
if (chosen === "dark" || chosen === "light") {
  document.documentElement.dataset.colorScheme = chosen;
}
document.documentElement.dataset.js = "";

function read(): string | null {
  try {
    return localStorage.getItem("samtun-colour");
  } catch {
    return null; // storage switched off: the system's own choice holds
  }
}
