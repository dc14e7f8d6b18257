package imports

import (
	"bytes"
	"io"
	"unicode/utf8"
)

const (
	columns  = 5
	maxField = 64 << 10
	// window holds any record that can be taken: five quoted fields of the longest
	// kind in which every letter is a doubled quote.
	window = 1 << 20
)

// record is one record of the file, as it stands there. What it points to is valid
// until the next one is read.
type record struct {
	line   int64 // of the file, on which it begins
	fields [columns][]byte
	count  int    // of fields, which may be more than are kept
	raw    []byte // without the line break
	wrong  string // why it cannot be read; empty when it can
}

// scanner cuts a stream into records in bounded memory. A record that cannot be
// read costs its first line only: the next record begins on the line after it, so
// that a quote which is never closed does not swallow the rest of the file.
type scanner struct {
	in       io.Reader
	buffer   []byte
	from, to int   // what is read and not yet cut
	line     int64 // on which buffer[from] stands
	ended    bool
	scratch  []byte
}

func newScanner(in io.Reader) *scanner {
	return &scanner{in: in, buffer: make([]byte, window), line: 1}
}

// next cuts the next record that is not blank; io.EOF ends.
func (s *scanner) next(r *record) error {
	for {
		rest := s.buffer[s.from:s.to]
		if len(rest) == 0 && s.ended {
			return io.EOF
		}
		*r = record{line: s.line}
		used, cut := s.cut(rest, r)
		switch {
		case cut == cutWhole:
			s.from += used
			s.line += int64(bytes.Count(rest[:used], newline))
			if isBlank(r.raw) {
				continue
			}
			r.check()
			return nil
		case cut == cutWrong, s.ended, len(rest) == len(s.buffer):
			return s.skipLine(r, rest)
		}
		if err := s.fill(); err != nil {
			return err
		}
	}
}

// isBlank tells whether a line says nothing: spreadsheets leave rows of commas.
func isBlank(line []byte) bool { return len(bytes.Trim(line, ", \t\r")) == 0 }

// cutting tells what came of cutting a record.
type cutting int

const (
	cutWhole cutting = iota
	cutMore          // its end is not there yet
	cutWrong         // a quote is wrong
)

var newline = []byte{'\n'}

// fill reads more behind what is there.
func (s *scanner) fill() error {
	if s.from > 0 {
		copy(s.buffer, s.buffer[s.from:s.to])
		s.from, s.to = 0, s.to-s.from
	}
	n, err := s.in.Read(s.buffer[s.to:])
	s.to += n
	if err == io.EOF {
		s.ended, err = true, nil
	}
	return err
}

// check says what is wrong with a record that was cut.
func (r *record) check() {
	for _, field := range r.fields[:min(r.count, columns)] {
		if len(field) > maxField {
			r.wrong = sayTooLong
		}
	}
	switch {
	case r.wrong != "":
	case !utf8.Valid(r.raw):
		r.wrong = "This line is not UTF-8 text. Save the file as UTF-8, then import it again."
	case bytes.IndexByte(r.raw, 0) >= 0:
		r.wrong = "This line holds a zero byte, which is not text."
	}
}

const (
	sayTooLong   = "A field is longer than 64 KiB."
	sayOpenQuote = "A quote on this line is not closed, or letters follow the closing quote. Inside a quoted field, a quote is written twice."
)

// skipLine gives up a record: one whose quote does not close, or one too long for
// the window. It goes on at the next line.
func (s *scanner) skipLine(r *record, rest []byte) error {
	end := bytes.IndexByte(rest, '\n')
	r.wrong = sayOpenQuote
	if end >= 0 || s.ended {
		if end < 0 {
			end = len(rest)
		}
		r.raw = rest[:end]
		s.from = min(s.from+end+1, s.to)
		s.line++
		return nil
	}
	r.wrong = sayTooLong
	r.raw = bytes.Clone(rest[:maxShown+1]) // the buffer is overwritten by what follows
	for {
		s.from, s.to = 0, 0
		if err := s.fill(); err != nil {
			return err
		}
		if end := bytes.IndexByte(s.buffer[:s.to], '\n'); end >= 0 {
			s.from = end + 1
			s.line++
			return nil
		}
		if s.ended {
			s.from = s.to
			return nil
		}
	}
}

// cut cuts the first record off data and tells how many bytes it and its line break
// take.
func (s *scanner) cut(data []byte, r *record) (used int, cut cutting) {
	end := bytes.IndexByte(data, '\n')
	used = end + 1
	if end < 0 {
		if !s.ended {
			return 0, cutMore
		}
		end, used = len(data), len(data)
	}
	line := data[:end]
	if bytes.IndexByte(line, '"') >= 0 {
		return s.cutQuoted(data, r)
	}
	line = bytes.TrimSuffix(line, []byte{'\r'})
	r.raw = line
	for {
		comma := bytes.IndexByte(line, ',')
		if comma < 0 {
			r.add(line)
			return used, cutWhole
		}
		r.add(line[:comma])
		line = line[comma+1:]
	}
}

func (r *record) add(field []byte) {
	if r.count < columns {
		r.fields[r.count] = field
	}
	r.count++
}
