package matching

import "dument/app/money"

const (
	maxSumItems   = 20
	maxSumMembers = 5
	maxSums       = 6
	// maxSumSteps bounds the search; all subsets of 20 items with at most 5 members are 21,699.
	maxSumSteps = 30_000
)

// sums finds the subsets of amounts (all positive, sorted from large to small) that add up exactly
// to target, with at most members items each. proven is false when the search stopped at maxSums
// or at its bound of steps, so that more subsets may exist.
func sums(amounts []money.Cents, target money.Cents, members int) (found [][]int, proven bool) {
	tails := make([]money.Cents, len(amounts)+1)
	for i := len(amounts) - 1; i >= 0; i-- {
		tails[i] = tails[i+1] + amounts[i]
	}
	steps, chosen := 0, make([]int, 0, members)
	var search func(from int, left money.Cents) bool
	search = func(from int, left money.Cents) bool {
		if left == 0 {
			found = append(found, append([]int(nil), chosen...))
			return len(found) < maxSums
		}
		room := money.Cents(members - len(chosen))
		for i := from; i < len(amounts); i++ {
			if amounts[i] > left {
				continue
			}
			if tails[i] < left || room*amounts[i] < left {
				return true
			}
			if steps++; steps > maxSumSteps {
				return false
			}
			chosen = append(chosen, i)
			goOn := search(i+1, left-amounts[i])
			chosen = chosen[:len(chosen)-1]
			if !goOn {
				return false
			}
		}
		return true
	}
	if target <= 0 {
		return nil, true
	}
	proven = search(0, target)
	return found, proven
}
