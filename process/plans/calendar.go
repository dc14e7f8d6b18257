package plans

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"milepost/calendar"
)

// event is a date of the plan as a calendar shows it: a whole day.
type event struct {
	ID, Text, Detail string
	On               calendar.Date
	Moves            int // each makes calendars take the newer one
}

// calendarFile writes dates as RFC 5545 has it. Calendars that read it again put newer
// ones in the place of older ones, by their ids.
func calendarFile(name string, events []event, now calendar.Instant) []byte {
	var b strings.Builder
	property := func(name, value string) { fold(&b, name+":"+value) }
	property("BEGIN", "VCALENDAR")
	property("VERSION", "2.0")
	property("PRODID", "-//Milepost//Evaluation plan//EN")
	property("CALSCALE", "GREGORIAN")
	property("METHOD", "PUBLISH")
	property("X-WR-CALNAME", escape(name))
	for _, e := range events {
		property("BEGIN", "VEVENT")
		property("UID", escape(e.ID)+"@milepost")
		property("DTSTAMP", now.Time().Format("20060102T150405Z"))
		property("DTSTART;VALUE=DATE", e.On.Time().Format("20060102"))
		property("DTEND;VALUE=DATE", e.On.AddDays(1).Time().Format("20060102"))
		property("SUMMARY", escape(e.Text))
		if e.Detail != "" {
			property("DESCRIPTION", escape(e.Detail))
		}
		property("SEQUENCE", strconv.Itoa(e.Moves))
		property("TRANSP", "TRANSPARENT")
		property("END", "VEVENT")
	}
	property("END", "VCALENDAR")
	return []byte(b.String())
}

// escape makes a TEXT value (RFC 5545, 3.3.11). Controls, which no calendar shows, go.
func escape(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\t':
			b.WriteByte(' ')
		case r < ' ' || r == 0x7f:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// longestLine is how many octets a line may have, without its end (RFC 5545, 3.1).
const longestLine = 75

// fold writes a line, broken before its 76th octet and never inside a letter.
func fold(b *strings.Builder, line string) {
	room := longestLine
	for len(line) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], longestLine-1
	}
	b.WriteString(line + "\r\n")
}
