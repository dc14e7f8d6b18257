package ui

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSums holds every vendored file against its checksum, and knows of each.
func TestSums(t *testing.T) {
	sums, err := os.ReadFile("assets/SUMS")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(sums)) {
		want, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		content, err := os.ReadFile(filepath.Join("assets", name))
		if err != nil {
			t.Error(err)
			continue
		}
		sum := sha256.Sum256(content)
		if got := hex.EncodeToString(sum[:]); got != want {
			t.Errorf("%s was changed after it was obtained: %s, not %s", name, got, want)
		}
		known[name] = true
	}
	for _, folder := range []string{"vendor", "icons", "licenses"} {
		fs.WalkDir(os.DirFS("assets"), folder, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && !known[name] {
				t.Errorf("%s has no checksum", name)
			}
			return err
		})
	}
}

func TestIconsAreListed(t *testing.T) {
	file, err := os.Open("assets/icons.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	listed := 0
	for lines := bufio.NewScanner(file); lines.Scan(); listed++ {
		if !iconNames[lines.Text()] {
			t.Errorf("the icon %q is listed and not there", lines.Text())
		}
	}
	if listed != len(iconNames) {
		t.Errorf("%d icons are listed, %d are there", listed, len(iconNames))
	}
}

func fetch(t *testing.T, method, path string, encoding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	Assets().ServeHTTP(w, r)
	return w.Result()
}

func TestAssetsAreServed(t *testing.T) {
	for name, kind := range map[string]string{"milepost.css": "text/css; charset=utf-8", "htmx.js": "text/javascript; charset=utf-8",
		"charts.js": "text/javascript; charset=utf-8", "icons.svg": "image/svg+xml", "inter-latin.woff2": "font/woff2"} {
		plain := fetch(t, "GET", AssetPath(name), "")
		body, _ := io.ReadAll(plain.Body)
		if plain.StatusCode != 200 || plain.Header.Get("Content-Type") != kind || len(body) == 0 {
			t.Errorf("%s: %d, %s, %d bytes", name, plain.StatusCode, plain.Header.Get("Content-Type"), len(body))
		}
		if got := plain.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s is kept as %q", name, got)
		}
		zipped := fetch(t, "GET", AssetPath(name), "br, gzip")
		if name == "inter-latin.woff2" {
			if zipped.Header.Get("Content-Encoding") != "" {
				t.Error("the font is compressed twice")
			}
			continue
		}
		unzip, err := gzip.NewReader(zipped.Body)
		if err != nil {
			t.Fatal(name, err)
		}
		if same, _ := io.ReadAll(unzip); !bytes.Equal(same, body) || zipped.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s does not come out of gzip as it went in", name)
		}
	}
}

func TestAssetsRefuse(t *testing.T) {
	stale := fetch(t, "GET", "/assets/000000000000/milepost.css", "")
	if stale.StatusCode != 200 || stale.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("an old address: %d, %q", stale.StatusCode, stale.Header.Get("Cache-Control"))
	}
	for _, path := range []string{"/assets/x/none.css", "/assets/", "/assets/x/../../etc/passwd", "/assets/x/vendor/htmx.min.js"} {
		if got := fetch(t, "GET", path, "").StatusCode; got != 404 {
			t.Errorf("%s: %d", path, got)
		}
	}
	if got := fetch(t, "POST", AssetPath("htmx.js"), "").StatusCode; got != 405 {
		t.Errorf("POST: %d", got)
	}
	head := fetch(t, "HEAD", AssetPath("htmx.js"), "")
	if body, _ := io.ReadAll(head.Body); len(body) != 0 || head.Header.Get("Content-Length") == "0" {
		t.Errorf("HEAD: %d bytes, length %s", len(body), head.Header.Get("Content-Length"))
	}
}

func TestUnknownAssetPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a misspelt asset went unnoticed")
		}
	}()
	AssetPath("milpost.css")
}

// TestFirstVisit weighs what a browser fetches for the first page without charts.
func TestFirstVisit(t *testing.T) {
	weight := len(zip([]byte(render(t, Page(GalleryFrame(), galleryTable())))))
	for _, name := range []string{"milepost.css", "theme.js", "htmx.js", "milepost.js", "activities.js", "drafts.js", "palette.js", "inter-latin.woff2", "icons.svg", "mark.svg"} {
		a := assets()[name]
		size := len(a.content)
		if a.zipped != nil {
			size = len(a.zipped())
		}
		weight += size
		t.Logf("%-18s %6d", name, size)
	}
	t.Logf("%-18s %6d", "all", weight)
	if weight > 120_000 {
		t.Errorf("a first visit weighs %d bytes, more than 120 kB", weight)
	}
}

func TestStyleSheetIsComplete(t *testing.T) {
	css := string(assets()["milepost.css"].content)
	for _, leftover := range []string{"asset(", "/*", "http:", "https:", "@import"} {
		if strings.Contains(css, leftover) {
			t.Errorf("the style sheet still has %q in it", leftover)
		}
	}
	sheets, _ := filepath.Glob("assets/css/*.css")
	if len(sheets) != len(styleSheets) {
		t.Errorf("%d sheets are there, %d are joined", len(sheets), len(styleSheets))
	}
}
