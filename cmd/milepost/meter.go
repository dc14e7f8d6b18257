package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"milepost/calendar"
)

// meter tells how far something long is: on a terminal in one line that is written
// over, elsewhere in a line every few seconds.
type meter struct {
	to       io.Writer
	clock    calendar.Clock
	name     string
	terminal bool
	shown    calendar.Instant
}

func newMeter(to io.Writer, clock calendar.Clock, name string) *meter {
	m := &meter{to: to, clock: clock, name: name, shown: clock()}
	if file, ok := to.(*os.File); ok {
		info, err := file.Stat()
		m.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return m
}

func (m *meter) say(what string) {
	if m.terminal {
		fmt.Fprintf(m.to, "\r\x1b[K%s: %s", m.name, what)
		return
	}
	fmt.Fprintf(m.to, "%s: %s\n", m.name, what)
}

// of gives a function that hears of bytes, of a total, and says so now and then.
func (m *meter) of(total int64, what string) func(int64) {
	every := 3 * time.Second
	if m.terminal {
		every = 100 * time.Millisecond
	}
	var done int64
	return func(bytes int64) {
		done += bytes
		if now := m.clock(); now.Sub(m.shown) >= every {
			m.shown = now
			m.say(fmt.Sprintf("%3d%%  %s", min(100, 100*done/max(total, 1)), what))
		}
	}
}

// end wipes the line away.
func (m *meter) end() {
	if m.terminal {
		fmt.Fprint(m.to, "\r\x1b[K")
	}
}
