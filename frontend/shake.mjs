// The design system defines every colour for every purpose; a page pays only for what it uses.

const DECLARATION = /(--[\w-]+):((?:[^;{}"']|"[^"]*"|'[^']*')*)(;|(?=\}))/g;
const EMPTY_RULE = /[^{};]+\{\s*\}/g;

/** Removes custom properties that nothing reads, and the rules this leaves empty. */
export function dropUnused(css) {
  let before;
  do {
    before = css;
    const used = new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]));
    css = css.replace(DECLARATION, (all, name) => (used.has(name) ? all : ""));
    css = css.replace(EMPTY_RULE, (all) => (all.startsWith("@layer") ? all : ""));
  } while (css !== before);
  return css;
}
