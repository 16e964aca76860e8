package model

import (
	"strconv"
	"strings"
	"time"

	"dument/app"
	"dument/app/date"
	"dument/app/ledger"
	"dument/app/notice"
	"dument/gui/words"
)

func mailboxFields() []SettingField {
	type settings = ledger.Settings
	security := []FormOption{{"tls", "settings.security.tls"}, {"starttls", "settings.security.starttls"},
		{"none", "settings.security.none"}}
	auth := []FormOption{{"password", "settings.auth.password"}, {"xoauth2", "settings.auth.xoauth2"}}
	return []SettingField{
		{ID: "mailbox.own_addresses", Label: "settings.mailbox.own_addresses", Row: 1,
			Hint: "settings.mailbox.own_addresses.hint",
			Get:  func(s settings) string { return strings.Join(s.Mailbox.OwnAddresses, ", ") },
			Set: func(s *settings, text string) string {
				s.Mailbox.OwnAddresses = listed(text)
				return ""
			}},
		setting(2, 5, "mailbox.host", func(s *settings) *string { return &s.Mailbox.Host }).
			placed("settings.mailbox.host.place"),
		{ID: "mailbox.port", Label: "settings.mailbox.port", Row: 2, Share: 2,
			Get: func(s settings) string { return positive(s.Mailbox.Port) },
			Set: func(s *settings, text string) string { return setDays(&s.Mailbox.Port, text) }},
		{ID: "mailbox.security", Label: "settings.mailbox.security", Kind: FieldChoice, Row: 2, Share: 3,
			Options: security, Get: func(s settings) string { return s.Mailbox.Security },
			Set: func(s *settings, value string) string { s.Mailbox.Security = value; return "" }},
		setting(3, 1, "mailbox.user", func(s *settings) *string { return &s.Mailbox.User }),
		{ID: "mailbox.auth", Label: "settings.mailbox.auth", Kind: FieldChoice, Row: 3,
			Options: auth, Get: func(s settings) string { return s.Mailbox.Auth },
			Set: func(s *settings, value string) string { s.Mailbox.Auth = value; return "" }},
		setting(5, 1, "mailbox.folder", func(s *settings) *string { return &s.Mailbox.Folder }),
		setting(5, 1, "mailbox.authserv_id", func(s *settings) *string { return &s.Mailbox.AuthservID }).
			hinted("settings.mailbox.authserv_id.hint"),
		{ID: "mailbox.forwarders", Label: "settings.mailbox.forwarders", Row: 6,
			Hint: "settings.mailbox.forwarders.hint",
			Get:  func(s settings) string { return strings.Join(s.Mailbox.Forwarders, ", ") },
			Set:  func(s *settings, text string) string { s.Mailbox.Forwarders = listed(text); return "" }},
	}
}

// AccountFields are the fields of a declared account.
func AccountFields() []FormField[ledger.MoneyAccount] {
	type account = ledger.MoneyAccount
	return []FormField[account]{
		textField(1, 3, "accounts.name", "settings.accounts.name", func(a *account) *string { return &a.Name }),
		{ID: "accounts.kind", Label: "settings.accounts.kind", Kind: FieldChoice, Row: 1, Share: 2,
			Options: []FormOption{{"bank", "settings.account.bank"}, {"psp", "settings.account.psp"}},
			Get:     func(a account) string { return a.Kind },
			Set:     func(a *account, value string) string { a.Kind = value; return "" }},
		{ID: "accounts.domains", Label: "settings.accounts.domains", Row: 2, Hint: "settings.accounts.domains.hint",
			Get: func(a account) string { return strings.Join(a.Domains, ", ") },
			Set: func(a *account, text string) string {
				if a.Domains = domains(text); len(a.Domains) == 0 {
					return "form.domain"
				}
				return ""
			}},
		textField(3, 1, "accounts.hint", "settings.accounts.hint", func(a *account) *string { return &a.Hint }).
			hinted("settings.accounts.hint.hint"),
	}
}

// domains reads domains, and the domain of an address that was pasted in their place.
func domains(text string) []string {
	var read []string
	for _, word := range listed(strings.ToLower(text)) {
		if _, after, isAddress := strings.Cut(word, "@"); isAddress {
			word = after
		}
		if strings.Contains(word, ".") {
			read = append(read, word)
		}
	}
	return read
}

// AccountLine is a declared account as shown.
type AccountLine struct{ Domain, What string }

// AccountLines writes the declared accounts.
func AccountLines(w *words.Words, accounts []ledger.MoneyAccount) []AccountLine {
	lines := make([]AccountLine, 0, len(accounts))
	for _, account := range accounts {
		what := account.Name + " · " + w.T("settings.account."+account.Kind)
		if account.Hint != "" {
			what += " · " + account.Hint
		}
		lines = append(lines, AccountLine{strings.Join(account.Domains, ", "), what})
	}
	return lines
}

// probeNames are the steps of the test of a mailbox, in order.
var probeNames = []string{"resolve", "connect", "tls", "login", "folders", "read", "authenticity", "waiting"}

// ProbeLine is a step of the test as shown. State is empty for a step that was not reached.
type ProbeLine struct {
	Name, Title, Detail, Right string
	State                      app.ProbeState
	// Choices are values to take over into Field.
	Choices []string
	Field   string
}

// Probe is the test of a mailbox as far as it is.
type Probe struct {
	Lines []ProbeLine
	Done  int
	// Summary says how far the test is, or how it ended.
	Summary Line
	// Recognised are the counts of what the trial reading was, with their words.
	Recognised      []ProbeCount
	RecognisedTitle string
}

// ProbeCount is how many messages of the trial reading were of a class.
type ProbeCount struct{ Count, Text string }

// probeFields are the settings that a step's choices are for.
var probeFields = map[string]string{"folders": "mailbox.folder", "authenticity": "mailbox.authserv_id"}

// NewProbe writes the steps reported so far. settings are those that are tested.
func NewProbe(w *words.Words, steps []app.ProbeStep, running bool, settings ledger.Mailbox) Probe {
	last := map[string]app.ProbeStep{}
	for _, step := range steps {
		last[step.Name] = step
	}
	probe := Probe{}
	failed := false
	var elapsed time.Duration
	for _, name := range probeNames {
		line := ProbeLine{Name: name, Title: w.T("settings.probe." + name), Detail: w.T("settings.probe." + name + ".next")}
		if step, reached := last[name]; reached {
			line.State, elapsed = step.State, elapsed+step.Duration
			line.fill(w, step, settings)
			failed = failed || step.State == app.ProbeFailed
			if step.State == app.ProbeDone || step.State == app.ProbeWarning {
				probe.Done++
			}
			if len(step.Recognised) > 0 {
				probe.recognise(w, step)
			}
		}
		probe.Lines = append(probe.Lines, line)
	}
	total := strconv.Itoa(len(probeNames))
	switch {
	case running:
		present := strconv.Itoa(min(probe.Done+1, len(probeNames)))
		probe.Summary = Line{"refresh", w.T("settings.probe.running", present, total), Soft}
	case len(steps) == 0:
		probe.Summary = Line{"info", w.T("settings.probe.none"), Soft}
	case failed:
		probe.Summary = Line{"warn", w.T("settings.probe.failed", strconv.Itoa(probe.Done), total), Late}
	default:
		probe.Summary = Line{"check", w.T("settings.probe.done", milliseconds(elapsed)), OK}
	}
	return probe
}

func (l *ProbeLine) fill(w *words.Words, step app.ProbeStep, settings ledger.Mailbox) {
	if step.Duration > 0 {
		l.Right = milliseconds(step.Duration)
	}
	if step.Err != nil {
		l.Detail = capital(app.Text(step.Err, w.Language))
		return
	}
	if len(step.Detail) == 0 && (step.State == app.ProbeDone || step.State == app.ProbeWarning) {
		l.Detail = w.T("settings.probe." + l.Name + ".done")
		return
	}
	if step.State == app.ProbeRunning || len(step.Detail) == 0 {
		return
	}
	l.describe(w, step, settings)
}

// describe words what a step found.
func (l *ProbeLine) describe(w *words.Words, step app.ProbeStep, settings ledger.Mailbox) {
	detail := append(append([]string(nil), step.Detail...), "", "", "")
	found, _ := strconv.Atoi(detail[0])
	switch l.Name {
	case "resolve":
		l.Detail = w.N("settings.probe.resolve.found", found, settings.Host)
	case "connect":
		l.Detail = w.T("settings.probe.connect.found", detail[0])
	case "tls":
		l.Detail = detail[0]
		if day, err := date.Parse(detail[1]); err == nil {
			l.Detail = w.T("settings.probe.tls.found", detail[0], Day(day))
		}
	case "folders":
		l.Detail = w.N("settings.probe.folders.found", found)
		l.choose(step.Choices, settings.Folder)
	case "read":
		l.Detail = w.T("settings.probe.read.found", detail[0], detail[1])
	case "authenticity":
		l.Detail = w.T("settings.probe.authenticity.none")
		if detail[0] != "" {
			l.Detail = w.T("settings.probe.authenticity.found", detail[0], detail[1], detail[2])
		}
		l.choose(step.Choices, settings.AuthservID)
	case "waiting":
		l.Detail = w.T("settings.probe.waiting." + detail[0])
	}
}

// choose offers values where what is set is none of them, or where there is a choice at all.
func (l *ProbeLine) choose(choices []string, present string) {
	if len(choices) > 1 || len(choices) == 1 && choices[0] != present {
		l.Choices, l.Field = choices, probeFields[l.Name]
	}
}

// recognise counts the trial reading: payments first, in the order of what they are worth.
func (p *Probe) recognise(w *words.Words, step app.ProbeStep) {
	total := 0
	for _, class := range []notice.Class{notice.BankCredit, notice.PSPCredit, notice.Remittance, notice.Failure,
		notice.Refund, notice.Spoof, notice.NotPayment} {
		n := step.Recognised[string(class)]
		total += n
		if n > 0 {
			p.Recognised = append(p.Recognised, ProbeCount{strconv.Itoa(n), w.N("settings.class."+string(class), n)})
		}
	}
	p.RecognisedTitle = w.N("settings.probe.recognised", total)
}

// milliseconds writes how long something took.
func milliseconds(elapsed time.Duration) string {
	if elapsed < time.Second {
		return strconv.FormatInt(max(1, elapsed.Milliseconds()), 10) + "\u00a0ms"
	}
	return strconv.FormatInt(int64(elapsed.Round(time.Second)/time.Second), 10) + "\u00a0s"
}

// ProbeReport is the text of the copied diagnosis. It holds no password: none is in its sources.
func ProbeReport(w *words.Words, probe Probe, settings ledger.Mailbox) string {
	var text strings.Builder
	text.WriteString(w.T("settings.probe.report", settings.Host, strconv.Itoa(settings.Port), settings.Security,
		settings.Folder) + "\n")
	for _, line := range probe.Lines {
		state := string(line.State)
		if state == "" {
			state = "-"
		}
		text.WriteString(state + "\t" + line.Title + "\t" + line.Detail + "\t" + line.Right + "\n")
	}
	for _, count := range probe.Recognised {
		text.WriteString(count.Count + "\t" + count.Text + "\n")
	}
	return text.String()
}
