package web_test

import (
	"encoding/csv"
	"net/http/httptest"
	"strings"
	"testing"

	"milepost/internal/web"
)

// The signs are those that OWASP lists for "CSV Injection": = + - @, tab, carriage return
// and line feed, and their wide variants.
func TestNoCellIsAFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"":                      "",
		"Harbour cranes":        "Harbour cranes",
		"a=b, c+d, e-mail, f@g": "a=b, c+d, e-mail, f@g",
		"2026-05-20":            "2026-05-20",
		"=1+1":                  "'=1+1",
		"+31 10 555":            "'+31 10 555",
		"-1+cmd|' /C x'!A0":     "'-1+cmd|' /C x'!A0",
		"@SUM(A1)":              "'@SUM(A1)",
		"＝1＋1":                  "'＝1＋1",
		"  =1":                  "  '=1",
		"\u00a0\u200b=1":        "\u00a0\u200b'=1",
		"\ufeff=1":              "\ufeff'=1",
		"\tx":                   "'\tx",
		"\r\n=1":                "'\r\n'=1",
		"said;=1":               "said;'=1",
		"said; @x":              "said; '@x",
		"one\n=two\nthree":      "one\n'=two\nthree",
		"one\t=two":             "one\t'=two",
		"one\r\n=two":           "one\r\n'=two",
		`a;"=two`:               `a;"'=two`,
		"one; two\nthree":       "one; two\nthree",
	} {
		if got := web.HarmlessCell(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
}

// However a program cuts a table into cells, none begins as a formula does.
func FuzzNoCellIsAFormula(f *testing.F) {
	f.Add("=1", "a;=1")
	f.Add("a\n\n =1", "\t\t=1;;\r+1")
	f.Fuzz(func(t *testing.T, one, two string) {
		w := httptest.NewRecorder()
		table := web.Download(w, "cells", "one", "two")
		table.Row(one, two)
		if err := table.End(); err != nil {
			t.Fatal(err)
		}
		in := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff")))
		rows, err := in.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range rows[len(rows)-1] {
			for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) }) {
				if part = strings.TrimLeft(part, ` "`); part != "" && strings.ContainsRune("=+-@", rune(part[0])) {
					t.Errorf("%q and %q give a cell that begins with %q", one, two, part)
				}
			}
		}
	})
}

func TestATableIsAFileToTakeAway(t *testing.T) {
	w := httptest.NewRecorder()
	table := web.Download(w, "people-2026", "name", "phone")
	table.Row("Zoë, rep", "+31 10")
	if err := table.End(); err != nil {
		t.Fatal(err)
	}
	if got := w.Body.String(); got != "\ufeffname,phone\r\n\"Zoë, rep\",'+31 10\r\n" {
		t.Errorf("%q", got)
	}
	if h := w.Header(); h.Get("Content-Disposition") != `attachment; filename="people-2026.csv"` || h.Get("Cache-Control") != "no-store" {
		t.Error(h)
	}
}
