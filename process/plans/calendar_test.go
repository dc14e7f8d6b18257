package plans

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// unfolded are the lines of a calendar file, joined again and read back.
func unfolded(t testing.TB, file string) []string {
	t.Helper()
	if !strings.HasSuffix(file, "\r\n") || strings.Contains(strings.ReplaceAll(file, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(file, "\r\n", ""), "\r") {
		t.Fatalf("lines do not end as they must: %q", file)
	}
	for _, line := range strings.Split(file, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Fatalf("a line of %d octets, or broken inside a letter: %q", len(line), line)
		}
	}
	return strings.Split(strings.TrimSuffix(strings.ReplaceAll(file, "\r\n ", ""), "\r\n"), "\r\n")
}

func read(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
			if text[i] == 'n' {
				b.WriteByte('\n')
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func TestCalendarFile(t *testing.T) {
	file := string(calendarFile("Plan", []event{{ID: "s1", Text: "Sign; or not, \\ perhaps\nEND:VEVENT", Detail: strings.Repeat("ü漢🙂", 40), On: "2026-12-31", Moves: 2}}, 1779271200_000))
	lines := unfolded(t, file)
	want := map[string]string{"UID": "s1@milepost", "DTSTAMP": "20260520T100000Z", "DTSTART;VALUE=DATE": "20261231", "DTEND;VALUE=DATE": "20270101",
		"SUMMARY": "Sign; or not, \\ perhaps\nEND:VEVENT", "DESCRIPTION": strings.Repeat("ü漢🙂", 40), "SEQUENCE": "2"}
	ends := 0
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ":")
		if line == "END:VEVENT" {
			ends++
		}
		if w, asked := want[name]; asked {
			if read(value) != w {
				t.Errorf("%s is %q, want %q", name, read(value), w)
			}
			delete(want, name)
		}
	}
	if len(want) > 0 || ends != 1 || lines[0] != "BEGIN:VCALENDAR" || lines[len(lines)-1] != "END:VCALENDAR" {
		t.Errorf("missing %v, %d events end, in:\n%s", want, ends, file)
	}
}

// Whatever is written into a step comes back as it was, but for controls.
func TestCalendarKeepsAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		var lines []string
		var b strings.Builder
		fold(&b, "SUMMARY:"+escape(text))
		for _, line := range strings.Split(strings.TrimSuffix(b.String(), "\r\n"), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) {
				t.Fatalf("a line of %d octets: %q", len(line), line)
			}
			lines = append(lines, strings.TrimPrefix(line, " "))
		}
		got := read(strings.TrimPrefix(strings.Join(lines, ""), "SUMMARY:"))
		want := strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
				return -1
			}
			if r == '\t' {
				return ' '
			}
			return r
		}, strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(strings.ToValidUTF8(text, "\ufffd")))
		if got != want {
			t.Fatalf("%q came back as %q", want, got)
		}
	})
}
