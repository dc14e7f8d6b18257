// Package draws makes random numbers that have an address: the seed, a stream (what they
// are for), an item (whose they are) and the number of the draw. One address gives one
// number, whoever asks, in whatever order, on any number of cores. So a deal comes out alike
// in its rep's total, its team's and the company's, draw by draw, and parts add up.
//
// The numbers are Philox4x32-10's (Salmon, Moraes, Dror & Shaw 2011), which passes the
// batteries of tests that its kind is put to, and is held here to its authors' test vectors. Other
// distributions are made from uniform ones by inversion, one for one: who compares two
// forecasts by the same draws compares like with like.
package draws

import "hash/fnv"

// Source is where numbers come from; it holds nothing that changes.
type Source struct {
	keys [10][2]uint32
}

// New is the source of a seed.
func New(seed uint64) *Source {
	s := new(Source)
	low, high := uint32(seed), uint32(seed>>32)
	for round := range s.keys {
		s.keys[round] = [2]uint32{low, high}
		low, high = low+0x9E3779B9, high+0xBB67AE85
	}
	return s
}

// Item is the number of an item that has a name, such as a deal's id (64-bit FNV-1a). Of a
// million names two share a number with a chance of 3 in 10⁸; they would then move together.
func Item(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(name)) // never fails
	return h.Sum64()
}

// block is Philox4x32-10 of a counter.
func (s *Source) block(a, b, c, d uint32) (uint32, uint32, uint32, uint32) {
	for i := range s.keys {
		p, q := uint64(a)*0xD2511F53, uint64(c)*0xCD9E8D57
		a, b, c, d = uint32(q>>32)^b^s.keys[i][0], uint32(q), uint32(p>>32)^d^s.keys[i][1], uint32(p)
	}
	return a, b, c, d
}

// Words and uniform numbers of one stream come from different counters: the top bit of
// the stream is set for words.
const words = 1 << 31

// Uniform is a number in (0, 1), never an end: (k + 1/2) 2⁻⁵² with 52 random bits k.
// Streams are below 2³¹.
func (s *Source) Uniform(stream uint32, item uint64, draw uint32) float64 {
	a, b, c, d := s.block(draw/2, stream&^words, uint32(item), uint32(item>>32))
	if draw%2 == 1 {
		a, b = c, d
	}
	return unit(a, b)
}

// Uniforms fills with the draws from first on: into[i] is Uniform(stream, item, first+i), in
// half the time.
func (s *Source) Uniforms(stream uint32, item uint64, first uint32, into []float64) {
	for i := 0; i < len(into); {
		draw := first + uint32(i)
		if draw%2 == 1 || i+1 == len(into) {
			into[i] = s.Uniform(stream, item, draw)
			i++
			continue
		}
		a, b, c, d := s.block(draw/2, stream&^words, uint32(item), uint32(item>>32))
		into[i], into[i+1] = unit(a, b), unit(c, d)
		i += 2
	}
}

// unit takes 52 bits, so that the half fits: it is exact, and as far from 0 as from 1 at the
// ends.
func unit(high, low uint32) float64 {
	return (float64(uint64(high)<<20|uint64(low)>>12) + .5) * 0x1p-52
}
