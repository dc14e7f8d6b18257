package ui

import (
	"context"
	"io"
)

// Render writes the empty state.
func (e EmptyState) Render(ctx context.Context, w io.Writer) error {
	return emptyState(e).Render(ctx, w)
}

func problemIcon(status int) string {
	switch status {
	case 401, 403:
		return "lock"
	case 404, 410:
		return "map-off"
	case 409:
		return "git-merge"
	case 400, 413, 422:
		return "forms"
	}
	return "tool"
}

// ProblemTitle names the kind of trouble in ordinary words.
func ProblemTitle(status int) string {
	switch status {
	case 401:
		return "Sign in first"
	case 403:
		return "Not open to you"
	case 404, 410:
		return "Nothing here"
	case 409:
		return "Changed meanwhile"
	case 400, 413, 422:
		return "Not understood"
	}
	return "Our mistake"
}
