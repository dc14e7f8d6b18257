package ui

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io"
	"strings"

	"github.com/a-h/templ"
)

//go:embed assets/icons/*.svg
var iconFiles embed.FS

// Icon is a sign of the Tabler set, by its name in assets/icons.txt. It is silent to
// screen readers: the words beside it, or a label, must say what it means. A name
// that is not in the set is shown as a point, so that a slip costs no page.
func Icon(name string) templ.Component {
	if !iconNames[name] {
		name = "point"
	}
	class := "icon"
	if strings.HasSuffix(name, "-left") || strings.HasSuffix(name, "-right") {
		class += " flips" // where the page is written from right to left
	}
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := fmt.Fprintf(w, `<svg class="%s" aria-hidden="true" focusable="false"><use href="%s#%s"></use></svg>`,
			class, AssetPath("icons.svg"), name)
		return err
	})
}

// iconNames are the signs that there are.
var iconNames = listIcons()

func listIcons() map[string]bool {
	names := map[string]bool{}
	entries, err := iconFiles.ReadDir("assets/icons")
	if err != nil {
		panic(err) // the files are embedded; only a broken build comes here
	}
	for _, e := range entries {
		names[strings.TrimSuffix(e.Name(), ".svg")] = true
	}
	return names
}

// iconSheet joins the icons into one file of symbols, fetched once and kept.
func iconSheet() []byte {
	var sheet bytes.Buffer
	sheet.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
	entries, _ := iconFiles.ReadDir("assets/icons")
	for _, e := range entries {
		svg, err := iconFiles.ReadFile("assets/icons/" + e.Name())
		if err != nil {
			panic(err)
		}
		_, drawing, _ := strings.Cut(string(svg), ">")
		drawing, _, _ = strings.Cut(drawing, "</svg>")
		fmt.Fprintf(&sheet, `<symbol id="%s" viewBox="0 0 24 24">%s</symbol>`,
			strings.TrimSuffix(e.Name(), ".svg"), strings.Join(strings.Fields(drawing), " "))
	}
	sheet.WriteString(`</svg>`)
	return sheet.Bytes()
}
