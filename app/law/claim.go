package law

import (
	"dument/app/date"
	"dument/app/money"
)

// Debtor is the legal regime of a debtor; it decides the rate, the indemnity and the wording.
type Debtor string

// The three regimes. Their values are the companion's client_type.
const (
	Business Debtor = "business" // C. com. L441-10
	Consumer Debtor = "consumer" // C. civ. 1231-6, 1344-1; no cost of any kind (C. conso L121-21)
	Public   Debtor = "public"   // Code de la commande publique L2192-10 and following
)

// Imputation is the order in which a part payment extinguishes a debt.
type Imputation string

// The two orders; C. civ. 1343-1 provides the first unless the parties agreed otherwise. In both, the
// fixed indemnity comes last.
const (
	InterestFirst  Imputation = "interest-first"
	PrincipalFirst Imputation = "principal-first"
)

// Rate is an exact yearly rate in millionths: 12.15 % is 121500.
type Rate int64

// FixedIndemnity is owed once for each invoice paid late by a professional or a public body
// (C. com. D441-5, CCP D2192-35), and never by a consumer.
const FixedIndemnity money.Cents = 40_00

// Payment is money received for one debt, at the day of its credit.
type Payment struct {
	Date   date.Date
	Amount money.Cents // > 0
}

// Credit is a credit note. It says that its part of the debt was never owed: it reduces the
// principal from the beginning, from the day on which it is known.
type Credit struct {
	Date   date.Date
	Amount money.Cents // > 0
}

// Debt is one invoice as the law sees it.
type Debt struct {
	Debtor Debtor
	// Amount includes tax; Credits and Payments dated after the day of the claim are left out by
	// Claim itself, so that any past or future day can be asked for.
	Amount   money.Cents
	Issued   date.Date
	Due      date.Date
	Credits  []Credit
	Payments []Payment
	// ContractRate is the penalty rate agreed with a professional, nil for the statutory one.
	// It is ignored for public bodies (CCP R2192-31) and for consumers.
	ContractRate *Rate
	// Presented is the day on which the formal notice was first presented to a consumer, zero when
	// none was: interest starts on the day after (C. civ. 1231-6, 1344-1).
	Presented date.Date
	// Insolvency is the day of the judgment that opened collective proceedings against the debtor,
	// zero when there is none: interest stops on the day before (C. com. L622-28).
	Insolvency date.Date
	// Enforceable is the day on which a court decision against a consumer became enforceable, zero
	// when there is none: two months later the legal rate rises by five points (CMF L313-3).
	Enforceable date.Date
	// Interruptions are the days on which limitation was interrupted: acknowledgment by the debtor,
	// court claim, enforcement act (C. civ. 2240 to 2244); for a public body, a written claim too.
	// A formal notice to a professional or a consumer is none.
	Interruptions []date.Date
	// Imputation is the order for part payments; empty means PrincipalFirst.
	Imputation Imputation
}

// Segment is a line of the statement: a span of days with one base and one rate. From and To are
// included days. Interest is the line's share of its accrual period's rounded interest.
type Segment struct {
	From     date.Date
	To       date.Date
	Days     int
	Base     money.Cents
	Rate     Rate
	Interest money.Cents
}

// Imputed says what one payment extinguished.
type Imputed struct {
	Date      date.Date
	Amount    money.Cents
	Interest  money.Cents
	Principal money.Cents
	Indemnity money.Cents
	Excess    money.Cents // what the debt could not absorb
}

// WarningBelowFloor is the code of a contractual rate below three times the legal rate (C. com.
// L441-10 II).
const WarningBelowFloor = "rate_below_floor"

// Warning is something the user must see before she sends a claim; Code is stable.
type Warning struct {
	Code     string // WarningBelowFloor
	Semester date.Semester
	Rate     Rate // the rate that was used
	Limit    Rate // the limit that it breaks
}

// Claim is what is owed for one debt on a day (principal, interest by period, indemnity, total).
type Claim struct {
	On        date.Date
	Debtor    Debtor
	Amount    money.Cents // as invoiced, incl. tax
	Credited  money.Cents
	Paid      money.Cents
	Principal money.Cents // still owed
	Interest  money.Cents // still owed of the interest accrued
	Indemnity money.Cents // still owed of the fixed indemnity
	Costs     money.Cents // recovery costs beyond the indemnity; zero in this version
	Total     money.Cents
	Excess    money.Cents // paid beyond all that was owed
	// Daily is the interest of one more day at the rate of the day On, rounded half up, for
	// information: it must never be multiplied.
	Daily    money.Cents
	LateFrom date.Date // the day after the due date
	DaysLate int       // up to On, or up to the day on which the principal was paid
	Segments []Segment // add up exactly to all the interest ever accrued
	Imputed  []Imputed // one per payment, in order of date
	// Accrued is all the interest ever accrued, that is the sum of Segments.
	Accrued    money.Cents
	Limitation date.Date // the last useful day (C. civ. 2224, C. conso L218-2, law n° 68-1250)
	Basis      []string  // articles, such as "C. com. L441-10"
	Warnings   []Warning
}
