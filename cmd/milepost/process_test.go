package main

import (
	"bytes"
	"strings"
	"testing"
)

// What a history has is printed, kept and, if wanted, published; an organization without
// a history is told so.
func TestProcessFromHistory(t *testing.T) {
	s := withHistory(t, "Fictitious Ferries")
	var out, errOut bytes.Buffer
	c := fromHistoryCommand{store: s, Name: "Ferries", Publish: true}
	err := c.Run(t.Context(), &streams{Out: &out, Err: &errOut})
	if err == nil || !strings.Contains(err.Error(), "no stages but the one") {
		t.Errorf("a history of one stage: %v\n%s", err, out.String())
	}
}
