// Every piece of text on the page against what lies behind it, by the formula of
// WCAG 2.2 (relative luminance). Colours are read from a canvas, which knows every
// notation that the style sheet may use.
(() => {
	const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	const rgba = (colour) => {
		paint.clearRect(0, 0, 1, 1);
		paint.fillStyle = colour;
		paint.fillRect(0, 0, 1, 1);
		const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
		return [r, g, b, a / 255];
	};
	const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
	const ground = (element) => {
		const layers = [];
		for (let e = element; e; e = e.parentElement) {
			const style = getComputedStyle(e);
			if (style.backgroundImage !== "none") return null;
			const colour = rgba(style.backgroundColor);
			if (colour[3] > 0) layers.push(colour);
			if (colour[3] === 1) break;
		}
		const dark = matchMedia("(prefers-color-scheme: dark)").matches;
		return layers.reduceRight((under, top) => over(top, under), dark ? [0, 0, 0, 1] : [255, 255, 255, 1]);
	};
	const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
		const v = c[i] / 255;
		return sum + weight * (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
	}, 0);
	const faint = new Map();
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walk.nextNode(); node; node = walk.nextNode()) {
		const e = node.parentElement;
		if (!node.data.trim() || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
		if (e.closest("script, style, noscript, [disabled], [aria-disabled=true], svg")) continue;
		const box = e.getBoundingClientRect();
		if (box.width < 2 || box.height < 2) continue;
		const style = getComputedStyle(e);
		const under = ground(e);
		if (!under) continue;
		const text = over(rgba(style.color), under);
		const [a, b] = [light(text), light(under)].sort((x, y) => y - x);
		const ratio = (a + 0.05) / (b + 0.05);
		const size = parseFloat(style.fontSize);
		const needed = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700) ? 3 : 4.5;
		if (ratio < needed - 0.005) {
			const where = e.tagName.toLowerCase() + (e.className && typeof e.className === "string" ? "." + e.className.replace(/ /g, ".") : "");
			faint.set(where, `"${node.data.trim().slice(0, 30)}" in ${where} stands out by ${ratio.toFixed(2)} to 1, and ${needed} is needed`);
		}
	}
	return [...faint.values()];
})()
