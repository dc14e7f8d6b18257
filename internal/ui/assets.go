package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

//go:embed assets/css/*.css assets/js/*.js assets/vendor assets/mark.svg
var assetFiles embed.FS

// asset is a file as it is served. Its hash is part of its address, so that it may
// be kept by browsers for ever and yet change with the program.
type asset struct {
	content []byte
	kind    string
	hash    string
	zipped  func() []byte // nil where it gains nothing
}

// styleSheets are joined in this order into milepost.css.
var styleSheets = []string{"tokens", "base", "frame", "navigation", "parts", "tables", "forms",
	"figures", "timeline", "states", "grid", "palette", "lists", "board", "products", "editor", "ends", "milemap", "plans"}

var assets = sync.OnceValue(loadAssets)

func loadAssets() map[string]asset {
	all := map[string]asset{}
	for name, file := range map[string]string{
		"htmx.js":               "vendor/htmx.min.js",
		"echarts.js":            "vendor/echarts.min.js",
		"inter-latin.woff2":     "vendor/inter-latin-wght-normal.woff2",
		"inter-latin-ext.woff2": "vendor/inter-latin-ext-wght-normal.woff2",
		"theme.js":              "js/theme.js",
		"milepost.js":           "js/milepost.js",
		"activities.js":         "js/activities.js",
		"charts.js":             "js/charts.js",
		"drafts.js":             "js/drafts.js",
		"grid.js":               "js/grid.js",
		"board.js":              "js/board.js",
		"editor.js":             "js/editor.js",
		"sortable.js":           "vendor/sortable.min.js",
		"palette.js":            "js/palette.js",
		"pick.js":               "js/pick.js",
		"mark.svg":              "mark.svg",
	} {
		all[name] = newAsset(name, mustRead(file))
	}
	all["icons.svg"] = newAsset("icons.svg", iconSheet())
	all["milepost.css"] = newAsset("milepost.css", styleSheet(all))
	return all
}

func mustRead(file string) []byte {
	content, err := assetFiles.ReadFile("assets/" + file)
	if err != nil {
		panic(err) // the files are embedded; only a broken build comes here
	}
	return content
}

func newAsset(name string, content []byte) asset {
	sum := sha256.Sum256(content)
	a := asset{content: content, kind: kindOf(name), hash: hex.EncodeToString(sum[:6])}
	if path.Ext(name) != ".woff2" { // a woff2 is compressed already
		a.zipped = sync.OnceValue(func() []byte { return zip(content) })
	}
	return a
}

func kindOf(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "font/woff2"
}

func zip(content []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	w.Write(content) // a bytes.Buffer does not fail
	w.Close()
	return out.Bytes()
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/\s*`)
	cssAsset   = regexp.MustCompile(`asset\(([a-z0-9.-]+)\)`)
	cssIndent  = regexp.MustCompile(`\n\s*`)
)

// styleSheet joins the sheets, drops what is only for their readers, and puts in
// the addresses of the files that they use.
func styleSheet(all map[string]asset) []byte {
	var joined bytes.Buffer
	for _, name := range styleSheets {
		joined.Write(mustRead("css/" + name + ".css"))
	}
	css := cssIndent.ReplaceAll(cssComment.ReplaceAll(joined.Bytes(), nil), []byte("\n"))
	return cssAsset.ReplaceAllFunc(css, func(use []byte) []byte {
		name := string(cssAsset.FindSubmatch(use)[1])
		return []byte("url(" + address(name, all[name]) + ")")
	})
}

func address(name string, a asset) string { return "/assets/" + a.hash + "/" + name }

// AssetPath is the address of an asset by its name ("milepost.css"). It panics on
// a name that there is not, which every test of a page would meet.
func AssetPath(name string) string {
	a, ok := assets()[name]
	if !ok {
		panic("ui: there is no asset " + name)
	}
	return address(name, a)
}

// Assets serves what pages are drawn with, under /assets/.
func Assets() http.Handler { return http.HandlerFunc(serveAsset) }

func serveAsset(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Assets can only be read.", http.StatusMethodNotAllowed)
		return
	}
	hash, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/assets/"), "/")
	a, ok := assets()[name]
	if !ok {
		http.Error(w, "There is no such asset.", http.StatusNotFound)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if hash != a.hash {
		// While a new version is rolled out, its pages may ask the old program, and
		// the other way round: better its own file, not kept, than none.
		h.Set("Cache-Control", "no-store")
	}
	body := a.content
	if a.zipped != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.zipped()
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		w.Write(body) // a reader that went away needs no answer
	}
}
