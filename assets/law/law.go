// Package law embeds the tables of rates.
package law

import _ "embed"

// The tables, each line with its source.
var (
	// ECB is every change of the ECB's main refinancing rate since mid-2007.
	//go:embed ecb_refi.csv
	ECB []byte
	// Legal is the legal rate of each half-year since 2015 (CMF L313-2).
	//go:embed legal_rates.csv
	Legal []byte
)
