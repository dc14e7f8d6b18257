package imports

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"io"
)

// cursor stands on an item of one sorted run, on disk or in memory.
type cursor struct {
	in           *bufio.Reader
	memory       *sorter
	next         int
	rank         int // runs that were written earlier come first among equals
	key, payload []byte
	held         []byte
}

// advance goes to the next item; io.EOF ends.
func (c *cursor) advance() error {
	if c.memory != nil {
		if c.next >= len(c.memory.items) {
			return io.EOF
		}
		it := c.memory.items[c.next]
		c.key, c.payload = c.memory.key(it), c.memory.payload(it)
		c.next++
		return nil
	}
	var sizes [8]byte
	if _, err := io.ReadFull(c.in, sizes[:]); err != nil {
		return err
	}
	keyLen, size := int(binary.LittleEndian.Uint32(sizes[:4])), int(binary.LittleEndian.Uint32(sizes[4:]))
	if cap(c.held) < size {
		c.held = make([]byte, size)
	}
	c.held = c.held[:size]
	if _, err := io.ReadFull(c.in, c.held); err != nil {
		return io.ErrUnexpectedEOF
	}
	c.key, c.payload = c.held[:keyLen], c.held[keyLen:]
	return nil
}

// merge is the heap of cursors, the smallest key on top.
type merge []*cursor

func (m merge) Len() int      { return len(m) }
func (m merge) Swap(i, j int) { m[i], m[j] = m[j], m[i] }
func (m merge) Less(i, j int) bool {
	order := bytes.Compare(m[i].key, m[j].key)
	return order < 0 || order == 0 && m[i].rank < m[j].rank
}

// Push is for container/heap.
func (m *merge) Push(c any) { *m = append(*m, c.(*cursor)) }

// Pop is for container/heap.
func (m *merge) Pop() any {
	last := len(*m) - 1
	c := (*m)[last]
	*m = (*m)[:last]
	return c
}

// admit puts a cursor on its first item, if it has one.
func (m *merge) admit(c *cursor) error {
	err := c.advance()
	if err == io.EOF {
		return nil
	}
	if err == nil {
		heap.Push(m, c)
	}
	return err
}
