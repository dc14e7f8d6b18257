package imports

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"
)

// sorter puts any number of items into the order of their keys, in bounded memory:
// sorted runs go to a temporary file and are merged when they are visited. Keys are
// compared as bytes; of equal keys the one added first comes first.
type sorter struct {
	folder string // for the temporary file
	room   int    // bytes kept in memory
	arena  []byte
	items  []item
	file   *os.File
	runs   []run
	ends   int64 // of the file
	sorted bool
}

// item is a place in the arena: the key, then the payload.
type item struct {
	prefix      uint64 // the first bytes of the key, which decide most comparisons
	at          uint32
	keyLen, len uint32
}

// run is a sorted stretch of the temporary file.
type run struct{ from, size int64 }

const sortRoom = 24 << 20

func newSorter(folder string, room int) *sorter { return &sorter{folder: folder, room: room} }

// add takes a copy of an item.
func (s *sorter) add(key, payload []byte) error {
	if len(s.arena)+len(key)+len(payload)+len(s.items)*24 > s.room && len(s.items) > 0 {
		if err := s.spill(); err != nil {
			return fmt.Errorf("sorting on disk: %w", err)
		}
	}
	it := item{at: uint32(len(s.arena)), keyLen: uint32(len(key)), len: uint32(len(key) + len(payload))}
	var first [8]byte
	copy(first[:], key)
	it.prefix = binary.BigEndian.Uint64(first[:])
	s.arena = append(append(s.arena, key...), payload...)
	s.items = append(s.items, it)
	s.sorted = false
	return nil
}

func (s *sorter) key(it item) []byte     { return s.arena[it.at : it.at+it.keyLen] }
func (s *sorter) payload(it item) []byte { return s.arena[it.at+it.keyLen : it.at+it.len] }

func (s *sorter) sort() {
	if s.sorted {
		return
	}
	slices.SortStableFunc(s.items, func(a, b item) int {
		if a.prefix != b.prefix {
			return cmp.Compare(a.prefix, b.prefix)
		}
		return bytes.Compare(s.key(a), s.key(b))
	})
	s.sorted = true
}

// spill writes what is in memory to the temporary file as one run. The file loses
// its name at once, so that nothing is left behind when the program is killed.
func (s *sorter) spill() error {
	if s.file == nil {
		file, err := os.CreateTemp(s.folder, "sorting-*")
		if err != nil {
			return err
		}
		os.Remove(file.Name()) // a system that cannot do this removes it in close
		s.file = file
	}
	s.sort()
	out := bufio.NewWriterSize(s.file, 256<<10)
	begin := s.ends
	for _, it := range s.items {
		var sizes [8]byte
		binary.LittleEndian.PutUint32(sizes[:4], it.keyLen)
		binary.LittleEndian.PutUint32(sizes[4:], it.len)
		out.Write(sizes[:]) // Flush tells of a failure
		out.Write(s.arena[it.at : it.at+it.len])
		s.ends += 8 + int64(it.len)
	}
	s.runs = append(s.runs, run{begin, s.ends - begin})
	s.arena, s.items = s.arena[:0], s.items[:0]
	return out.Flush()
}

// close removes the temporary file.
func (s *sorter) close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
	s.arena, s.items = nil, nil
}

// each visits the items in order; it may be called again. Key and payload are valid
// until visit returns.
func (s *sorter) each(visit func(key, payload []byte) error) error {
	s.sort()
	if len(s.runs) == 0 {
		for _, it := range s.items {
			if err := visit(s.key(it), s.payload(it)); err != nil {
				return err
			}
		}
		return nil
	}
	open := &merge{}
	for i, r := range s.runs {
		c := &cursor{in: bufio.NewReaderSize(io.NewSectionReader(s.file, r.from, r.size), 32<<10), rank: i}
		if err := open.admit(c); err != nil {
			return err
		}
	}
	if err := open.admit(&cursor{memory: s, rank: len(s.runs)}); err != nil {
		return err
	}
	for open.Len() > 0 {
		c := (*open)[0]
		if err := visit(c.key, c.payload); err != nil {
			return err
		}
		if err := c.advance(); err == io.EOF {
			heap.Pop(open)
		} else if err != nil {
			return fmt.Errorf("merging sorted facts: %w", err)
		} else {
			heap.Fix(open, 0)
		}
	}
	return nil
}
