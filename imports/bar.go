package imports

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"milepost/calendar"
)

// Bar shows the progress of an import on a terminal as a bar, elsewhere as a line
// every few seconds.
type Bar struct {
	to       io.Writer
	clock    calendar.Clock
	name     string
	terminal bool
	began    calendar.Instant
	shown    calendar.Instant
	width    int
}

// NewBar makes a bar for a file.
func NewBar(to io.Writer, clock calendar.Clock, name string) *Bar {
	b := &Bar{to: to, clock: clock, name: name, began: clock()}
	if file, ok := to.(*os.File); ok {
		info, err := file.Stat()
		b.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	b.shown = b.began
	return b
}

// Show draws how far the import is, when it is time to.
func (b *Bar) Show(p Progress) {
	every := 3 * time.Second
	if b.terminal {
		every = 100 * time.Millisecond
	}
	now := b.clock()
	if now.Sub(b.shown) < every {
		return
	}
	b.shown = now
	if !b.terminal {
		fmt.Fprintf(b.to, "%s: %s\n", b.name, b.words(p, now))
		return
	}
	const cells = 30
	full := int(p.Part() * cells)
	line := fmt.Sprintf("%s %s%s %s", clip(b.name, 30), strings.Repeat("█", full), strings.Repeat("░", cells-full), b.words(p, now))
	b.width = max(b.width, len(line))
	fmt.Fprintf(b.to, "\r%-*s", b.width, line)
}

// End wipes the bar away.
func (b *Bar) End() {
	if b.terminal && b.width > 0 {
		fmt.Fprintf(b.to, "\r%s\r", strings.Repeat(" ", b.width))
	}
}

func (b *Bar) words(p Progress, now calendar.Instant) string {
	seconds := max(now.Sub(b.began).Seconds(), 0.001)
	switch {
	case p.Writing:
		return fmt.Sprintf("%3.0f%%  %s of %s (%s a second)", 100*p.Part(), grouped(p.Done),
			counted(p.Total, "fact", "facts"), grouped(int64(float64(p.Done)/seconds)))
	case p.Size == 0:
		return fmt.Sprintf("reading: %s so far", counted(p.Facts, "fact", "facts"))
	}
	return fmt.Sprintf("%3.0f%%  reading: %s so far", 100*p.Part(), counted(p.Facts, "fact", "facts"))
}
