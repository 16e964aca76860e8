// Package house holds the rules of the house as tests: who may import whom, where the clock is read, how
// long a function may be, which documents must agree.
//
// Each rule is one function from the sources of the repository to its findings. TestHouse applies them to the
// tree; TestEveryRuleCanFail gives each of them a bad source, so that none can pass for being blind.
package house
