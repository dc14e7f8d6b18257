package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Render writes the button.
func (b Button) Render(ctx context.Context, w io.Writer) error { return button(b).Render(ctx, w) }

// Render writes the link.
func (b LinkButton) Render(ctx context.Context, w io.Writer) error {
	return linkButton(b).Render(ctx, w)
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// iconOnly names a button that shows no text.
func iconOnly(is bool, label string) templ.Attributes {
	if !is {
		return nil
	}
	return templ.Attributes{"aria-label": label, "title": label}
}
