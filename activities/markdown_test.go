package activities_test

import (
	"regexp"
	"strings"
	"testing"

	"milepost/activities"
)

// What notes show, and what they must never show.
func TestMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"a\nb":                      "<p>a<br>\nb</p>",
		"**strong** and _soft_":     "<strong>strong</strong> and <em>soft</em>",
		"# Head":                    "<h3>Head</h3>",
		"###### Low":                "<h6>Low</h6>",
		"1. one\n2. two":            `<li type="1">one</li>`,
		"1. one\n   - in\n2. two":   "<li>in</li>",
		"| a | b |\n|--|-:|\n|1|2|": `<table class="table dense">`,
		"    code <b>":              "<pre><code>code &lt;b&gt;",
		"- [x] done":                `<input checked="" disabled="" type="checkbox"`,
		"~~gone~~":                  "<del>gone</del>",
		"[a](https://x.example/y)":  `<a href="https://x.example/y" rel="nofollow noreferrer noopener" target="_blank">a</a>`,
		"[a](/deals)":               `<a href="/deals" rel="nofollow noreferrer">a</a>`,
		"https://x.example":         `href="https://x.example"`,
		"مرحبا **بك**":              "<strong>بك</strong>",
		"😀 & <":                     "😀 &amp; &lt;",
	} {
		if got := activities.RenderMarkdown(text); !strings.Contains(got, want) {
			t.Errorf("%q becomes %q, want %q in it", text, got, want)
		}
	}
}

var hostile = []string{
	"<script>alert(1)</script>", "<ScRiPt src=//x></sCrIpT>", "a <img src=x onerror=alert(1)> b", "![x](https://evil.example/x.png)",
	"![x](javascript:alert(1))", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](&#106;avascript:alert(1))",
	"[x](java\tscript:alert(1))", "[x](vbscript:x)", "[x](data:text/html;base64,PHNjcmlwdD4=)", "<javascript:alert(1)>",
	"[x]( javascript:alert(1) \"t\")", "[x]: javascript:alert(1)\n[x]", "<a href=\"javascript:alert(1)\">x</a>", "<svg onload=alert(1)>",
	"<div onclick=alert(1)>x</div>", "<style>*{display:none}</style>", "<iframe src=/></iframe>", "<form action=/sign-out method=post><button>x",
	"<p style='position:fixed'>x</p>", "<<script>script>alert(1)<</script>/script>", "`<script>`", "```html\n<script>alert(1)</script>\n```",
	"<details open ontoggle=alert(1)>", "<input autofocus onfocus=alert(1)>", "<math><mtext></table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
	"[a](x \"\" onmouseover=alert(1))", "[\"><script>alert(1)</script>](/x)", "<!--><script>alert(1)</script>-->", "<base href=//evil.example>",
	"# <script>x</script> {#id onclick=alert(1)}", "<https://x.example\"onclick=alert(1)>", "[x](https://x.example/\"onclick=\"alert(1))",
	"<ol type=\"1\" onclick=x><li onclick=x>y", "</div></main><script>x</script>", strings.Repeat("> ", 500) + "deep", strings.Repeat("[", 5000), strings.Repeat("* a\n  ", 300),
}

var (
	element   = regexp.MustCompile(`<\s*/?\s*([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|[^<>"])*)>?`)
	attribute = regexp.MustCompile(`([a-zA-Z-]+)(?:="([^"]*)")?`)
	tags      = map[string]string{"p": "", "br": "", "hr": "", "strong": "", "em": "", "del": "", "code": "", "blockquote": "",
		"ul": "", "ol": "start", "li": "type", "pre": "", "div": "class tabindex", "table": "class", "thead": "", "tbody": "", "tr": "",
		"th": "align", "td": "align", "h3": "", "h4": "", "h5": "", "h6": "", "a": "href rel target", "input": "type checked disabled"}
)

// mustBeHarmless reads what was made as a browser would, and fails on anything that
// is not on the list.
func mustBeHarmless(t *testing.T, text, made string) {
	t.Helper()
	for _, tag := range element.FindAllStringSubmatch(made, -1) {
		may, known := tags[tag[1]]
		if !known {
			t.Errorf("%q becomes %q: <%s>", text, made, tag[1])
			continue
		}
		for _, a := range attribute.FindAllStringSubmatch(tag[2], -1) {
			if !strings.Contains(" "+may+" ", " "+a[1]+" ") {
				t.Errorf("%q becomes %q: %s on <%s>", text, made, a[1], tag[1])
			}
			scheme, _, has := strings.Cut(a[2], ":")
			if a[1] == "href" && has && !strings.ContainsAny(scheme, "/?#") && !strings.Contains(" http https mailto tel ", " "+strings.ToLower(scheme)+" ") {
				t.Errorf("%q becomes %q: a link to %s", text, made, a[2])
			}
		}
	}
}

func TestHostileMarkdown(t *testing.T) {
	for _, text := range hostile {
		mustBeHarmless(t, text, activities.RenderMarkdown(text))
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 20_000 {
			mustBeHarmless(t, text, activities.RenderMarkdown(text))
		}
	})
}
