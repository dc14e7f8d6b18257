package imports

import (
	"encoding/binary"
	"encoding/csv"
	"io"
	"os"
	"strconv"
	"strings"

	"milepost/internal/web"
)

// maxShown bounds how much of a rejected line is kept: enough to recognize it.
const maxShown = 2000

const rejectsRoom = 4 << 20

// rejects gathers the lines that could not be taken, in any order and any number.
type rejects struct {
	sorter *sorter
	count  int64
}

func newRejects(folder string) *rejects { return &rejects{sorter: newSorter(folder, rejectsRoom)} }

// reject is a line that could not be taken.
type reject struct {
	line   int64
	reason string
	text   string // the line as it was
}

func (r *rejects) add(one reject) error {
	r.count++
	var key [8]byte
	binary.BigEndian.PutUint64(key[:], uint64(one.line))
	payload := binary.AppendUvarint(nil, uint64(len(one.reason)))
	payload = append(append(payload, one.reason...), one.text...)
	return r.sorter.add(key[:], payload)
}

// record rejects a line that was not even a fact.
func (r *rejects) record(rec *record, reason string) error {
	text := string(rec.raw[:min(len(rec.raw), maxShown+1)])
	return r.add(reject{rec.line, reason, asKept(text)})
}

// asKept is a line as it is kept: bytes that are not text become a question mark in
// a box, and what is too long is cut.
func asKept(text string) string {
	cut := len(text) > maxShown
	if cut {
		text = text[:maxShown]
	}
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "\ufffd")
	if cut {
		text += "…"
	}
	return strings.TrimSuffix(text, "\r")
}

// asLine writes a fact as the line that it was.
func (f *fact) asLine() string {
	var text strings.Builder
	out := csv.NewWriter(&text)
	out.Write([]string{f.opportunity, f.written, f.kind.String(), f.name, f.value}) // a builder takes everything
	out.Flush()
	return asKept(strings.TrimSuffix(text.String(), "\n"))
}

var rejectsHeader = []string{"line", "reason", "as it was"}

// write puts the rejected lines, in the order of the file, into a CSV file.
func (r *rejects) write(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	out := csv.NewWriter(file)
	out.Write(rejectsHeader)
	err = r.sorter.each(func(key, payload []byte) error {
		size, used := binary.Uvarint(payload)
		text := string(payload[used:])
		return out.Write([]string{strconv.FormatUint(binary.BigEndian.Uint64(key), 10), text[:size], text[size:]})
	})
	if err != nil {
		return err
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	return file.Close()
}

// neutral copies a rejects file for a spreadsheet: a cell that a spreadsheet would
// take for a formula gets an apostrophe in front.
func neutral(from io.Reader, to io.Writer) error {
	in, out := csv.NewReader(from), csv.NewWriter(to)
	in.ReuseRecord = true
	for {
		row, err := in.Read()
		if err == io.EOF {
			out.Flush()
			return out.Error()
		}
		if err != nil {
			return err
		}
		for i, cell := range row {
			row[i] = web.HarmlessCell(cell)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
}
