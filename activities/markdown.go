package activities

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// markdown reads notes: CommonMark with tables, task lists, strikethrough and bare
// links. A single line end stays one, as whoever types a note expects. HTML in a
// note is left out by goldmark, and what remains is sanitized once more.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify, extension.TaskList),
	goldmark.WithRendererOptions(html.WithHardWraps()),
)

// allowed is what a note may be made of. Images are not: the page may load nothing
// from elsewhere, and a picture belongs with the files.
var allowed = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "li",
		"table", "thead", "tbody", "tr", "th", "td", "h3", "h4", "h5", "h6")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowElements("ol")
	p.AllowAttrs("align").Matching(regexp.MustCompile(`^(left|center|right)$`)).OnElements("th", "td")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^checkbox$`)).OnElements("input")
	p.AllowAttrs("checked", "disabled").Matching(regexp.MustCompile(`^$`)).OnElements("input")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true) // with it comes rel=noopener
	return p
})

// Markdown is a note's text as it is shown.
func Markdown(text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := w.Write(renderMarkdown(text))
		return err
	})
}

func renderMarkdown(text string) []byte {
	var made bytes.Buffer
	if err := markdown.Convert([]byte(text), &made); err != nil {
		return []byte("<p>" + templ.EscapeString(text) + "</p>")
	}
	return fitted(allowed().SanitizeBytes(lowerHeadings(made.Bytes())))
}

var structure = regexp.MustCompile(`</?(?:ol|ul|li|pre|table)\b[^>]*>`)

// fitted dresses what was sanitized for our pages: what may be too wide scrolls in
// its own box, tables look like ours, and the items of a numbered list say that they
// have numbers, which the page's style sheet takes from lists.
func fitted(clean []byte) []byte {
	var lists []bool // whether each list around is a numbered one
	return structure.ReplaceAllFunc(clean, func(tag []byte) []byte {
		switch text := string(tag); {
		case text == "<pre>":
			return []byte(`<div class="table-box scroll" tabindex="0"><pre>`)
		case text == "<table>":
			return []byte(`<div class="table-box scroll" tabindex="0"><table class="table dense">`)
		case text == "</pre>", text == "</table>":
			return append(tag[:len(tag):len(tag)], "</div>"...)
		case strings.HasPrefix(text, "<ol"), strings.HasPrefix(text, "<ul"):
			lists = append(lists, text[1] == 'o')
		case strings.HasPrefix(text, "</ol"), strings.HasPrefix(text, "</ul"):
			lists = lists[:max(0, len(lists)-1)]
		case text == "<li>" && len(lists) > 0 && lists[len(lists)-1]:
			return []byte(`<li type="1">`)
		}
		return tag
	})
}

var heading = regexp.MustCompile(`<(/?)h([1-6])`)

// lowerHeadings puts the headings of a note below those of the page, so that a
// screen reader's outline stays that of the page.
func lowerHeadings(made []byte) []byte {
	return heading.ReplaceAllFunc(made, func(tag []byte) []byte {
		lowered := bytes.Clone(tag)
		last := len(lowered) - 1
		lowered[last] = min(lowered[last]+2, '6')
		return lowered
	})
}
