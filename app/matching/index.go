package matching

import (
	"cmp"
	"slices"
	"strings"

	"dument/app/money"
)

// Index is the ledger's invoices and payers prepared for Propose. It is immutable: safe for several
// goroutines, and made anew when the ledger changes.
type Index struct {
	invoices []Open
	numbers  []number
	nodes    []node
	prefixes map[string]prefixUse
	// bySequence finds (prefix, year, sequence) and its forms with less; byWhole the other schemes.
	bySequence map[sequenceKey]int32
	byWhole    map[string]int32
	openOf     map[ClientID]int32
	byAmount   map[amountKey]int32
	payers     payerIndex
}

// node is one entry of a bucket: lists share one slice, so that building makes few allocations.
type node struct{ invoice, next int32 }

// prefixUse numbers a letter prefix and says for what it is used.
type prefixUse struct {
	id      uint32
	invoice bool
}

// Pseudo-prefixes of a printed number without letters of its own.
const (
	anyInvoice    uint32 = 1
	anyCreditNote uint32 = 2
	firstPrefix   uint32 = 3
)

// sequenceKey with year 0 is the form without a year.
type sequenceKey struct {
	sequence uint64
	prefix   uint32
	year     uint16
}

type amountUse uint8

const (
	amountOpen amountUse = iota
	amountDue
	amountPaid // the total of a settled invoice, to recognise a second payment
)

// amountKey with client 0 is for all clients.
type amountKey struct {
	amount money.Cents
	client ClientID
	use    amountUse
}

// NewIndex prepares the open and the settled invoices, the credit notes and the payers. The settled
// ones let Propose recognise a second payment and a payment that fails later.
func NewIndex(invoices []Open, payers []Payer) *Index {
	x := &Index{
		invoices:   slices.Clone(invoices),
		numbers:    make([]number, len(invoices)),
		nodes:      make([]node, 0, 6*len(invoices)),
		prefixes:   map[string]prefixUse{},
		bySequence: make(map[sequenceKey]int32, 3*len(invoices)),
		byWhole:    map[string]int32{},
		openOf:     map[ClientID]int32{},
		byAmount:   make(map[amountKey]int32, len(invoices)),
		payers:     newPayerIndex(payers),
	}
	byID := func(a, b Open) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), strings.Compare(a.Number, b.Number))
	}
	if !slices.IsSortedFunc(x.invoices, byID) {
		slices.SortFunc(x.invoices, byID)
	}
	// Backwards, because a list grows at its head: every bucket ends up in the order of the IDs.
	for i := len(x.invoices) - 1; i >= 0; i-- {
		x.addNumber(int32(i))
		x.addAmounts(int32(i))
	}
	return x
}

func (x *Index) addNumber(i int32) {
	invoice := &x.invoices[i]
	read := readScheme(invoice.Number, invoice.Issued.Year())
	x.numbers[i] = read
	if read.whole {
		text := normalise(invoice.Number)
		atoms := splitAtoms(text, nil)
		if !slices.ContainsFunc(atoms, func(a atom) bool { return a.digits }) {
			return // a word without a digit would be found in every letter
		}
		push(x, x.byWhole, wholeKey(text, atoms), i)
		if compact := compactOf(text); compact != wholeKey(text, atoms) {
			push(x, x.byWhole, compact, i)
		}
		return
	}
	if read.prefix != "" {
		id := x.learnPrefix(read.prefix, !invoice.CreditNote)
		push(x, x.bySequence, sequenceKey{read.sequence, id, read.year}, i)
		if read.year > 0 {
			push(x, x.bySequence, sequenceKey{read.sequence, id, 0}, i)
		}
	}
	class := anyInvoice
	if invoice.CreditNote {
		class = anyCreditNote
	}
	push(x, x.bySequence, sequenceKey{read.sequence, class, read.year}, i)
	if read.year > 0 {
		push(x, x.bySequence, sequenceKey{read.sequence, class, 0}, i)
	}
}

func (x *Index) learnPrefix(prefix string, invoice bool) uint32 {
	use, known := x.prefixes[prefix]
	if !known {
		use.id = firstPrefix + uint32(len(x.prefixes))
	}
	if !known || invoice && !use.invoice {
		use.invoice = use.invoice || invoice
		x.prefixes[prefix] = use
	}
	return use.id
}

func (x *Index) addAmounts(i int32) {
	invoice := &x.invoices[i]
	switch {
	case invoice.CreditNote:
	case invoice.Open > 0:
		push(x, x.openOf, invoice.Client, i)
		push(x, x.byAmount, amountKey{invoice.Open, 0, amountOpen}, i)
		if invoice.TotalDue > invoice.Open {
			push(x, x.byAmount, amountKey{invoice.TotalDue, 0, amountDue}, i)
		}
	case invoice.Amount > 0:
		push(x, x.byAmount, amountKey{invoice.Amount, invoice.Client, amountPaid}, i)
	}
}

func push[K comparable](x *Index, heads map[K]int32, key K, invoice int32) {
	// Heads are stored plus one, so that the zero of a missing key means the end of the list.
	x.nodes = append(x.nodes, node{invoice, heads[key]})
	heads[key] = int32(len(x.nodes))
}

// bucket collects at most limit invoices of a list; more reports whether it is longer.
func (x *Index) bucket(head int32, limit int) (found []int32, more bool) {
	for head != 0 {
		if len(found) == limit {
			return found, true
		}
		entry := x.nodes[head-1]
		found = append(found, entry.invoice)
		head = entry.next
	}
	return found, false
}
