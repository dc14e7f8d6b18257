package imports

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"milepost/problem"
)

// maxExpanded bounds what a compressed file may grow to: a few kilobytes can be made
// to unpack into more than any disk holds.
const maxExpanded = int64(20) << 30

const header = "opportunity,at,kind,name,value"

// counter counts the bytes of the file as they are read, packed as they are, and
// remembers a failure to read, which must not pass for a damaged file.
type counter struct {
	in   io.Reader
	read atomic.Int64
	err  error
}

func (c *counter) Read(into []byte) (int, error) {
	n, err := c.in.Read(into)
	c.read.Add(int64(n))
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// open finds out whether a file is packed, and reads past its header.
func open(in *counter, most int64) (*scanner, error) {
	buffered := bufio.NewReaderSize(in, 64<<10)
	start, err := buffered.Peek(2)
	if err != nil && err != io.EOF {
		return nil, err
	}
	var text io.Reader = &bounded{in: buffered, left: most}
	if len(start) == 2 && start[0] == 0x1f && start[1] == 0x8b {
		packed, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, damaged(in, err)
		}
		text = &bounded{in: &unpacked{packed, in}, left: most}
	}
	s := newScanner(text)
	return s, s.readHeader()
}

// unpacked says in a sentence that the packed file is damaged.
type unpacked struct {
	in   *gzip.Reader
	from *counter
}

func (u *unpacked) Read(into []byte) (int, error) {
	n, err := u.in.Read(into)
	if err != nil && err != io.EOF {
		err = damaged(u.from, err)
	}
	return n, err
}

func damaged(from *counter, err error) error {
	if from.err != nil {
		return from.err
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return problem.Invalid("file", "The compressed file ends too early: it was cut short on its way here. Nothing of it was imported. Fetch it again.")
	}
	return problem.Invalid("file", "The compressed file is damaged, so nothing of it was imported. Fetch it again.")
}

// bounded ends a file that grows beyond what is believable.
type bounded struct {
	in   io.Reader
	left int64
}

func (b *bounded) Read(into []byte) (int, error) {
	n, err := b.in.Read(into)
	if b.left -= int64(n); b.left < 0 {
		return 0, problem.Invalid("file", "The file holds more than 20 GB of text, which is more than Milepost takes at once. Import it in parts.")
	}
	return n, err
}

func (s *scanner) readHeader() error {
	for s.to < 3 && !s.ended {
		if err := s.fill(); err != nil {
			return err
		}
	}
	if bytes.HasPrefix(s.buffer[:s.to], []byte("\ufeff")) {
		s.from = 3
	}
	var first record
	if err := s.next(&first); err == io.EOF {
		return problem.Invalid("file", "The file is empty.")
	} else if err != nil {
		return err
	}
	if sentence := first.wrongHeader(); sentence != "" {
		return problem.Invalid("file", "%s", sentence)
	}
	return nil
}

func (r *record) wrongHeader() string {
	var names []string
	for _, field := range r.fields[:min(r.count, columns)] {
		names = append(names, strings.ToLower(strings.TrimSpace(string(field))))
	}
	text := string(r.raw)
	switch {
	case r.wrong == "" && r.count == columns && strings.Join(names, ",") == header:
		return ""
	case strings.HasPrefix(text, "PK\x03\x04"):
		return "This is a spreadsheet or a zip file, not text. Save it as CSV (UTF-8) first, or pack it with gzip."
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"):
		return "This file is UTF-16 text. Save it as CSV (UTF-8)."
	case !utf8.ValidString(text), strings.ContainsRune(text, 0):
		return "This is not a text file. A history is a CSV file in UTF-8, plain or packed with gzip."
	case strings.Count(text, ";") == columns-1, strings.Count(text, "\t") == columns-1:
		return "The columns of this file are not separated by commas. Save it with commas, then import it again."
	}
	return "The first line must be " + header + ", but it is: " + clip(strings.TrimSpace(text), 80)
}

// clip shortens a text for a sentence.
func clip(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
