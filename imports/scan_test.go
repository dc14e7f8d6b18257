package imports

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"milepost/problem"
)

// cutAll reads every record behind the header.
func cutAll(t testing.TB, in io.Reader) (records []record) {
	t.Helper()
	s := newScanner(in)
	for {
		var r record
		if err := s.next(&r); err == io.EOF {
			return records
		} else if err != nil {
			t.Fatal(err)
		}
		for i := range r.fields {
			r.fields[i] = bytes.Clone(r.fields[i])
		}
		r.raw = bytes.Clone(r.raw)
		records = append(records, r)
	}
}

func fieldsOf(r record) []string {
	var list []string
	for _, f := range r.fields[:min(r.count, columns)] {
		list = append(list, string(f))
	}
	return list
}

func TestScannerCutsRecords(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	cases := []struct {
		name, text string
		want       []string // fields joined by |, or "!" and a part of the reason; the line in front
	}{
		{"plain", "a,b,c,d,e\nf,g,h,i,j\n", []string{"1 a|b|c|d|e", "2 f|g|h|i|j"}},
		{"no line break at the end", "a,b", []string{"1 a|b"}},
		{"windows line breaks", "a,b\r\nc,d\r\n", []string{"1 a|b", "2 c|d"}},
		{"blank lines and rows of commas", "a,b\n\n\r\n,,,,\nc,d\n", []string{"1 a|b", "5 c|d"}},
		{"quotes", `a,"b, ""c""",d` + "\n", []string{`1 a|b, "c"|d`}},
		{"empty quoted field", `"",a` + "\n", []string{"1 |a"}},
		{"a line break in quotes counts as lines", "a,\"b\r\nc\",d\ne\n", []string{"1 a|b\nc|d", "3 e"}},
		{"a quote within a field is a letter", `a,12" pipe,b` + "\n", []string{`1 a|12" pipe|b`}},
		{"letters behind a closing quote cost the line", "a,\"b\"c,d\ne,f\n", []string{"1 !quote", "2 e|f"}},
		{"a quote that never closes costs its line", "a,\"b,c\nd,e\nf,g\n", []string{"1 !quote", "2 d|e", "3 f|g"}},
		{"a quote that never closes before another", "a,\"b\nc,d\ne,\"f\"\n", []string{"1 !quote", "2 c|d", "3 e|f"}},
		{"not UTF-8 costs the line", "a,b\nc,\xff\xfe\nd,e\n", []string{"1 a|b", "2 !UTF-8", "3 d|e"}},
		{"zero byte", "a,\x00\nd,e\n", []string{"1 !zero byte", "2 d|e"}},
		{"a field of a megabyte", "a," + long + "\nb,c\n", []string{"1 !64 KiB", "2 b|c"}},
		{"a quoted field of a megabyte", "a,\"" + long + "\"\nb,c\n", []string{"1 !64 KiB", "2 b|c"}},
		{"a field of two megabytes at the end", "b,c\na," + long + long, []string{"1 b|c", "2 !64 KiB"}},
		{"many commas", strings.Repeat(",", 100) + "a\n", []string{"1 ||||"}},
		{"mojibake is text", "a,CafÃ©\n", []string{"1 a|CafÃ©"}},
	}
	for _, c := range cases {
		for name, in := range map[string]io.Reader{"at once": strings.NewReader(c.text), "in small pieces": iotest.HalfReader(strings.NewReader(c.text))} {
			t.Run(c.name+" "+name, func(t *testing.T) {
				var got []string
				for _, r := range cutAll(t, in) {
					line := string(rune('0' + r.line))
					if r.wrong == "" {
						got = append(got, line+" "+strings.Join(fieldsOf(r), "|"))
					} else {
						got = append(got, line+" !"+r.wrong)
					}
				}
				if !slices.EqualFunc(got, c.want, matches) {
					t.Errorf("got  %q\nwant %q", clipAll(got), c.want)
				}
			})
		}
	}
}

func matches(got, want string) bool {
	before, reason, refused := strings.Cut(want, "!")
	return got == want || refused && strings.HasPrefix(got, before+"!") && strings.Contains(got, reason)
}

func clipAll(list []string) []string {
	for i := range list {
		list[i] = clip(list[i], 100)
	}
	return list
}

func TestWholeFilesAreRefusedInASentence(t *testing.T) {
	good := header + "\nd1,2020-01-01T00:00:00Z,created,Title,\n"
	packed := pack(good + strings.Repeat("d1,2020-01-02T00:00:00Z,activity,call,hello\n", 5000))
	corrupt := bytes.Clone(packed)
	corrupt[len(corrupt)-6] ^= 0x55 // of its checksum
	cases := []struct {
		name, text, says string
	}{
		{"empty", "", "The file is empty."},
		{"blank", "\n\n", "The file is empty."},
		{"only a mark", "\ufeff", "The file is empty."},
		{"only a header", header + "\n", "nothing below it"},
		{"wrong header", "id,date,what\n1,2,3\n", "The first line must be opportunity,at,kind,name,value, but it is: id,date,what"},
		{"semicolons", strings.ReplaceAll(good, ",", ";"), "not separated by commas"},
		{"tabs", strings.ReplaceAll(good, ",", "\t"), "not separated by commas"},
		{"spreadsheet", "PK\x03\x04\x14\x00\x08\n", "spreadsheet"},
		{"UTF-16", "\xff\xfeo\x00p\x00p\x00\n", "UTF-16"},
		{"an image", "\x89PNG\r\n\x1a\n\x00\x00", "not a text file"},
		{"gzip cut short", string(packed[:len(packed)-20]), "ends too early"},
		{"gzip cut in its header", string(packed[:6]), "ends too early"},
		{"gzip damaged", string(corrupt), "damaged"},
		{"gzip with something behind it", string(packed) + "and something more", "damaged"},
		{"gzip of nothing", string(pack("")), "The file is empty."},
	}
	each(t, func(t *testing.T, w *world) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				_, err := w.try(t, w.fresh(), c.text)
				p, ok := problem.Of(err)
				if !ok || !strings.Contains(p.Sentence, c.says) {
					t.Errorf("the refusal is %v, want a sentence with %q", err, c.says)
				}
			})
		}
		if n := len(w.deals(t)); n != 0 {
			t.Errorf("%d deals came out of refused files", n)
		}
		runs, err := latestRuns(t.Context(), w.d(), now+1, 100)
		if err != nil || len(runs) != len(cases) || runs[0].State != Failed || runs[0].Problem == "" {
			t.Errorf("the list of imports holds %d lines (%v), want %d that failed", len(runs), err, len(cases))
		}
	})
}

func pack(text string) []byte {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	io.WriteString(w, text)
	w.Close()
	return packed.Bytes()
}

func TestAFileThatGrowsBeyondBeliefIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		i := w.fresh()
		i.most = usualLimits
		i.most.expanded = 1 << 20
		bomb := pack(header + "\n" + strings.Repeat("d1,2020-01-01T00:00:00Z,activity,call,hello\n", 100_000))
		_, err := Conduct(t.Context(), i, reader(bomb), int64(len(bomb)))
		if p, ok := problem.Of(err); !ok || !strings.Contains(p.Sentence, "more than Milepost takes") {
			t.Errorf("a bomb is answered by %v", err)
		}
	})
}

// FuzzScanner: whatever the bytes, nothing panics, no line is lost, and where the
// standard library can read the text it reads the same.
func FuzzScanner(f *testing.F) {
	for _, seed := range []string{"", "a,b,c,d,e\n", "a,\"b\nc\",d\r\n", "\"", "a,\"b\"c\nd", "\"\"\"\"\n,\n", "a\rb\r\n",
		header + "\n1,2020-01-01T00:00:00Z,created,x,\n", "\ufeffa,b", "\xff\x00\n", ",,,,\n\n\"x\"\r", "a,\"\"b\"\n\"c"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 4<<10 {
			t.Skip() // byte by byte, a long open quote is read again and again
		}
		records := cutAll(t, iotest.OneByteReader(bytes.NewReader(text)))
		whole := cutAll(t, bytes.NewReader(text))
		if len(records) != len(whole) {
			t.Fatalf("%d records in small pieces, %d at once", len(records), len(whole))
		}
		obey := rules{latest: now}
		accepted, refused, last := 0, 0, int64(0)
		for n, r := range records {
			if !slices.Equal(fieldsOf(r), fieldsOf(whole[n])) || r.line != whole[n].line || r.wrong != whole[n].wrong {
				t.Fatalf("record %d differs in small pieces: %q and %q", n, fieldsOf(r), fieldsOf(whole[n]))
			}
			if r.line <= last {
				t.Fatalf("record %d is on line %d, after line %d", n, r.line, last)
			}
			last = r.line
			if _, reason := obey.read(&r); reason == "" {
				accepted++
			} else {
				refused++
			}
		}
		if lines := bytes.Count(text, newline) + 1; accepted+refused != len(records) || len(records) > lines {
			t.Fatalf("%d accepted and %d refused of %d records in %d lines", accepted, refused, len(records), lines)
		}
		compareWithStandard(t, text, records)
	})
}

// compareWithStandard checks the records against encoding/csv where that can read
// the text and means the same by it.
func compareWithStandard(t *testing.T, text []byte, records []record) {
	in := csv.NewReader(bytes.NewReader(text))
	in.FieldsPerRecord = -1
	list, err := in.ReadAll()
	if err != nil {
		return
	}
	list = slices.DeleteFunc(list, func(row []string) bool { return isBlank([]byte(strings.Join(row[:min(len(row), columns)], ","))) })
	mine := slices.DeleteFunc(slices.Clone(records), func(r record) bool { return isBlank([]byte(strings.Join(fieldsOf(r), ","))) })
	if len(list) != len(mine) {
		t.Fatalf("%d records, the standard library reads %d", len(mine), len(list))
	}
	for n, row := range list {
		if got := fieldsOf(mine[n]); !slices.Equal(got, row[:min(len(row), columns)]) {
			t.Fatalf("record %d is %q, the standard library reads %q", n, got, row)
		}
	}
}
