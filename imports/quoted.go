package imports

import "bytes"

// cutQuoted cuts a record in which there are quotes (RFC 4180). A quote inside a
// field that does not begin with one is a letter like any other.
func (s *scanner) cutQuoted(data []byte, r *record) (used int, cut cutting) {
	s.scratch = s.scratch[:0]
	at := 0
	for {
		var field []byte
		if at < len(data) && data[at] == '"' {
			var closed bool
			if field, at, closed = s.unquote(data, at+1); !closed {
				return 0, cutMore
			}
		} else {
			field, at = plain(data, at)
		}
		r.add(field)
		ends, next := fieldEnd(data, at, s.ended)
		switch ends {
		case endOfField:
			at = next
		case endOfRecord:
			r.raw = data[:at]
			return next, cutWhole
		case endUnknown:
			return 0, cutMore
		default:
			return 0, cutWrong
		}
	}
}

type fieldEnds int

const (
	endUnknown fieldEnds = iota // not there yet
	endOfField
	endOfRecord
	endWrong // letters follow a closing quote
)

// fieldEnd tells what ends the field that stops at a place, and where the next
// thing begins.
func fieldEnd(data []byte, at int, final bool) (fieldEnds, int) {
	rest := data[at:]
	switch {
	case len(rest) == 0 && final:
		return endOfRecord, at
	case len(rest) == 0:
		return endUnknown, at
	case rest[0] == ',':
		return endOfField, at + 1
	case rest[0] == '\n':
		return endOfRecord, at + 1
	case bytes.HasPrefix(rest, []byte("\r\n")):
		return endOfRecord, at + 2
	case len(rest) == 1 && rest[0] == '\r':
		if final {
			return endOfRecord, at + 1
		}
		return endUnknown, at
	}
	return endWrong, at
}

// plain reads an unquoted field.
func plain(data []byte, at int) (field []byte, end int) {
	end = len(data)
	if i := bytes.IndexAny(data[at:], ",\n"); i >= 0 {
		end = at + i
	}
	if end > at && data[end-1] == '\r' && (end == len(data) || data[end] == '\n') {
		end--
	}
	return data[at:end], end
}

// unquote reads a quoted field from behind its opening quote to behind its closing
// one. Doubled quotes become one, and a line break is always a single \n, whichever
// machine wrote the file.
func (s *scanner) unquote(data []byte, at int) (field []byte, end int, closed bool) {
	begin := len(s.scratch)
	for {
		i := bytes.IndexByte(data[at:], '"')
		if i < 0 {
			return nil, 0, false
		}
		s.scratch = appendUnix(s.scratch, data[at:at+i])
		at += i + 1
		if at >= len(data) || data[at] != '"' {
			if at >= len(data) && !s.ended {
				return nil, 0, false
			}
			return s.scratch[begin:len(s.scratch):len(s.scratch)], at, true
		}
		s.scratch = append(s.scratch, '"')
		at++
	}
}

func appendUnix(to, text []byte) []byte {
	for {
		i := bytes.Index(text, []byte("\r\n"))
		if i < 0 {
			return append(to, text...)
		}
		to = append(append(to, text[:i]...), '\n')
		text = text[i+2:]
	}
}
