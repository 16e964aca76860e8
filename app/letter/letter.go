package letter

import (
	"strings"

	"dument/app/date"
	"dument/app/law"
	"dument/app/money"
)

// Letter is the frozen content of a letter: strings ready to print, in the order of the page, and the
// sums they were written from. It keeps everything that a renderer needs and nothing that can change.
type Letter struct {
	Kind       Kind
	Regime     law.Debtor
	Language   string
	Number     string
	On         date.Date
	Deadline   date.Date
	Sender     Sender
	Registered []string // the mention, a string a line; empty when it is not sent registered
	Tracking   string
	Reference  string
	Address    []string // NF Z10-011, ready for the window
	Place      string
	Object     Object
	Salutation string
	Opening    []Text // facts, demand
	Statement  Statement
	Sections   []Section
	Closing    Text
	Signature  string
	Enclosures Enclosures
	Running    string // head of the pages from the second on
	Footer     []string
	Labels     Labels
	Total      money.Cents
	Principal  money.Cents
	Interest   money.Cents
	Indemnity  money.Cents
	Costs      money.Cents
	Daily      money.Cents // interest of one more day, for information; never to be multiplied
}

// Sender is the letterhead. Mark is "EI" or empty.
type Sender struct {
	Name    string
	Mark    string
	Trade   string
	Contact []string
}

// FullName is the name with its mark, on one line.
func (s Sender) FullName() string {
	if s.Mark == "" {
		return s.Name
	}
	return s.Name + money.NoBreakSpace + s.Mark
}

// Object says what the letter is, with the sum, and of which invoices.
type Object struct {
	Head   string
	Title  string
	Detail string
}

// Span is a stretch of text in one style. Raised is the superscript of "1er".
type Span struct {
	Text   string
	Bold   bool `json:",omitempty"`
	Raised bool `json:",omitempty"`
}

// Text is a paragraph.
type Text []Span

// String is the paragraph without its styles.
func (t Text) String() string {
	var plain strings.Builder
	for _, span := range t {
		plain.WriteString(span.Text)
	}
	return plain.String()
}

// Section is a block of the letter with its side head.
type Section struct {
	Head       string
	Paragraphs []Text
	Contact    []string `json:",omitempty"` // the mediator: name, then address lines
	Panel      *Panel   `json:",omitempty"`
}

// Panel is how to pay. Code is the payload of an EPC069-12 code, empty for none.
type Panel struct {
	Rows []PanelRow
	Code string
	Note Text
}

// PanelRow is a line of the panel.
type PanelRow struct {
	Label  string
	Value  string
	Strong bool `json:",omitempty"`
}

// Role says what a column of a statement shows; the renderer places columns by it.
type Role string

// The columns of the statements.
const (
	RoleNumber   Role = "number"
	RoleSubject  Role = "subject" // also the period of an interest line
	RoleFirst    Role = "first"   // issued, or made available
	RoleDue      Role = "due"
	RoleAmount   Role = "amount"
	RoleImputed  Role = "imputed"
	RoleRest     Role = "rest"
	RoleBase     Role = "base"
	RoleRate     Role = "rate"
	RoleDays     Role = "days"
	RoleInterest Role = "interest"
)

// Form is the kind of a table.
type Form string

// The tables: two for professionals and public bodies, a single one for consumers.
const (
	PrincipalTable Form = "principal"
	InterestTable  Form = "interest"
	ConsumerTable  Form = "consumer"
)

// Statement is the claim in figures: every column adds up to the total that follows it.
type Statement struct {
	Tables []Table
	Notes  []Text
	Totals []Total // the last one is the grand total
}

// Table is a table of the statement. The last column adds up to Sum.
type Table struct {
	Form    Form
	Title   string
	Columns []Column
	Groups  []Group
	Sum     money.Cents
}

// Column is a column's role and its printed head.
type Column struct {
	Role Role
	Head string
}

// Group is the lines of one invoice, which stay together on a page.
type Group struct {
	Rows []Row
}

// Row is a printed line: a cell for each column, and what it adds to the last column.
type Row struct {
	Cells  []string
	Amount money.Cents
}

// Total is a line below the tables.
type Total struct {
	Label  string
	Figure string
	Amount money.Cents
}

// Enclosures is the list of what goes into the envelope with the letter.
type Enclosures struct {
	Head  string
	Lines []Text
}

// Labels are the words that only the page breaks call for.
type Labels struct {
	CarriedForward string
	BroughtForward string
	Sum            string
	Continued      string // after a title, on a following page
	Annex          string
	AnnexNote      Text // says on the first page where the detail is
	Page           string
}
