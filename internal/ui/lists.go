package ui

import (
	"context"
	"io"
	"maps"
	"slices"

	"github.com/a-h/templ"
)

// Render writes the form.
func (f FilterBar) Render(ctx context.Context, w io.Writer) error { return filterBar(f).Render(ctx, w) }

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// groups parts options where their group changes.
func groups(options []Option) [][]Option {
	var parts [][]Option
	for i, o := range options {
		if i == 0 || options[i-1].Group != o.Group {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], o)
	}
	return parts
}

// label is what stands beside a cell when a row is shown as a card.
func label(c Column) string {
	if c.Quiet {
		return ""
	}
	return c.Label
}

// scrollable makes a box that scrolls reachable by keyboard, and names it.
func scrollable(t Table) templ.Attributes {
	if !t.Scroll && !t.Wide {
		return nil
	}
	return templ.Attributes{"tabindex": "0", "role": "region", "aria-label": t.Caption}
}
