package draws

const batchSize = 512

// batch makes the words of draws first on, at most count and as many as fit, and gives the
// part of into that holds them. Draws 4k to 4k+3 are the words of one block; two blocks are
// made side by side, for a processor works on one while it waits for the other.
func (s *Source) batch(into *[batchSize]uint32, stream uint32, item uint64, first, count uint32) []uint32 {
	skip := first % 4
	count = min(count, batchSize-skip)
	low, high := uint32(item), uint32(item>>32)
	for at := uint32(0); at < skip+count; at += 8 {
		counter := first/4 + at/4
		a, b, c, d := counter, stream|words, low, high
		e, f, g, h := counter+1, stream|words, low, high
		for i := range s.keys {
			k, l := s.keys[i][0], s.keys[i][1]
			p, q := uint64(a)*0xD2511F53, uint64(c)*0xCD9E8D57
			r, t := uint64(e)*0xD2511F53, uint64(g)*0xCD9E8D57
			a, b, c, d = uint32(q>>32)^b^k, uint32(q), uint32(p>>32)^d^l, uint32(p)
			e, f, g, h = uint32(t>>32)^f^k, uint32(t), uint32(r>>32)^h^l, uint32(r)
		}
		eight := (*[8]uint32)(into[at:])
		eight[0], eight[1], eight[2], eight[3] = a, b, c, d
		eight[4], eight[5], eight[6], eight[7] = e, f, g, h
	}
	return into[skip : skip+count]
}
