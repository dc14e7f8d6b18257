package browser

import (
	_ "embed"
	"fmt"
)

//go:embed contrast.js
var contrastScript string

// Readable fails for every text that stands out from its ground by less than WCAG
// 2.2 AA asks (4.5 to 1, or 3 to 1 for large text), as the browser really draws it.
func (w *Window) Readable() {
	w.t.Helper()
	for _, faint := range Ask[[]string](w, contrastScript) {
		w.t.Errorf("%s: %s", w.Path(), faint)
	}
}

// Named fails for every control that a screen reader could not name, every picture
// without a description, and ids that stand twice.
func (w *Window) Named() {
	w.t.Helper()
	for _, nameless := range Ask[[]string](w, namesScript) {
		w.t.Errorf("%s: %s", w.Path(), nameless)
	}
}

var namesScript = fmt.Sprintf(`(() => {
	const wrong = [];
	const name = (e) => (e.getAttribute("aria-label") || (e.labels && [...e.labels].map((l) => l.textContent).join(" ")) ||
		(e.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent || "").join(" ").trim() ||
		e.textContent || e.title || "").trim();
	for (const e of document.querySelectorAll(%q))
		if (e.type !== "hidden" && !name(e)) wrong.push("without a name: " + e.outerHTML.slice(0, 120));
	for (const e of document.querySelectorAll("img:not([alt])")) wrong.push("a picture without words: " + e.outerHTML.slice(0, 120));
	const ids = new Set();
	for (const e of document.querySelectorAll("[id]")) { if (ids.has(e.id)) wrong.push("two elements have the id " + e.id); ids.add(e.id); }
	if (!document.documentElement.lang) wrong.push("the page does not say its language");
	if (document.querySelectorAll("h1").length !== 1) wrong.push("the page has " + document.querySelectorAll("h1").length + " first headings");
	if (!document.title) wrong.push("the window has no title");
	return wrong;
})()`, "a[href], button, input, select, textarea, summary, [role=button], [role=link]")
