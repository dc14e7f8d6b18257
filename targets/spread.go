package targets

import (
	"math/bits"
	"slices"

	"milepost/money"
)

// Even are weights that spread a total over months alike.
func Even(months int) []int64 {
	weights := make([]int64, months)
	for i := range weights {
		weights[i] = 1
	}
	return weights
}

// Spread parts a total in proportion to weights, so that the parts sum exactly to
// it. A total in whole units is parted in whole units, so that nobody gets a quota
// of 8,333.33; what is left over goes to the largest remainders, the earlier first.
func Spread(total int64, weights []int64, m Measure) []int64 {
	unit := unitOf(m)
	if total%unit != 0 {
		unit = 1
	}
	parts := apportion(total/unit, weights)
	for i := range parts {
		parts[i] *= unit
	}
	return parts
}

// unitOf is how many of a measure's smallest parts make a whole one.
func unitOf(m Measure) int64 {
	unit := int64(1)
	if m != Wins {
		for range money.Currency(m).Decimals() {
			unit *= 10
		}
	}
	return unit
}

// apportion is the method of the largest remainder.
func apportion(total int64, weights []int64) []int64 {
	var sum uint64
	for _, w := range weights {
		sum += uint64(max(w, 0))
	}
	if sum == 0 {
		weights, sum = Even(len(weights)), uint64(len(weights))
	}
	parts, rest := make([]int64, len(weights)), total
	type remainder struct {
		at   int
		size uint64
	}
	remainders := make([]remainder, len(weights))
	for i, w := range weights {
		high, low := bits.Mul64(uint64(total), uint64(max(w, 0)))
		whole, left := bits.Div64(high, low, sum) // w <= sum, so this does not overflow
		parts[i] = int64(whole)
		rest -= int64(whole)
		remainders[i] = remainder{i, left}
	}
	slices.SortStableFunc(remainders, func(a, b remainder) int {
		switch {
		case a.size > b.size:
			return -1
		case a.size < b.size:
			return 1
		}
		return 0
	})
	for i := range int(rest) {
		parts[remainders[i].at]++
	}
	return parts
}

// Raise changes a value by tenths of a percent, to the nearest whole unit, half up.
func Raise(value, tenths int64, m Measure) int64 {
	unit := unitOf(m)
	if value%unit != 0 {
		unit = 1
	}
	high, low := bits.Mul64(uint64(value/unit), uint64(1000+tenths))
	low, carry := bits.Add64(low, 500, 0)
	raised, _ := bits.Div64(high+carry, low, 1000)
	return min(int64(raised)*unit, Largest)
}
