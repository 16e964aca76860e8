package mailbox

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
)

// StepName names a step of the test of the settings.
type StepName string

// Steps in their order.
const (
	StepResolve      StepName = "resolve"      // Step.Addresses
	StepConnect      StepName = "connect"      // Step.Port
	StepTLS          StepName = "tls"          // Step.TLSVersion, Step.CertificateEnds
	StepLogin        StepName = "login"        //
	StepFolders      StepName = "folders"      // Step.Folders
	StepRead         StepName = "read"         // Step.Messages, Step.Total, Step.Sample
	StepAuthenticity StepName = "authenticity" // Step.AuthServers
	StepWaiting      StepName = "waiting"      // Step.Idle
)

// StepStatus is how far a step is.
type StepStatus string

// Statuses of steps.
const (
	StepRunning StepStatus = "running"
	StepDone    StepStatus = "done"
	StepWarning StepStatus = "warning" // done, and something deserves a look
	StepFailed  StepStatus = "failed"
	StepSkipped StepStatus = "skipped" // an earlier one failed
)

// Step is one line of the test of the settings.
type Step struct {
	Name     StepName
	Status   StepStatus
	Duration time.Duration
	// Err is set when it failed, mostly a *Fault.
	Err error

	Addresses       int       // resolve: addresses of the name
	Port            int       // connect
	TLSVersion      string    // tls: such as "TLS 1.3"; empty without encryption
	CertificateEnds time.Time // tls
	Folders         []string  // folders: all of them, text of the server
	Messages        int       // read: messages read for the test
	Total           int       // read: messages in the folder
	Sample          []Message // read: beginnings of the latest messages, oldest first
	// AuthServers are the names that stand on top of the messages' Authentication-Results, the most
	// frequent first: one of them is the user's own provider.
	AuthServers []AuthServer
	// Idle: the server announces new messages; else it is polled.
	Idle bool
}

// probeMessages is how many of the latest messages the test reads.
const probeMessages = 50

// Probe tests settings step by step and reads nothing into the ledger. report, which may be nil, gets
// each step when it begins and when it has ended; the returned steps are the ended ones. The rest is
// skipped after a failure.
func Probe(
	ctx context.Context, settings Settings, password Password, clock Clock, report func(Step),
) []Step {
	if report == nil {
		report = func(Step) {}
	}
	settings, err := settings.completed()
	p := &probe{ctx: ctx, settings: settings, password: password, clock: clock}
	steps := []struct {
		name StepName
		run  func(*Step) error
	}{
		{StepResolve, p.resolve}, {StepConnect, p.connect}, {StepTLS, p.encrypt}, {StepLogin, p.login},
		{StepFolders, p.folders}, {StepRead, p.read}, {StepAuthenticity, p.authenticity},
		{StepWaiting, p.waiting},
	}
	defer p.close()
	ended := make([]Step, 0, len(steps))
	failed := false
	for _, each := range steps {
		step := Step{Name: each.name, Status: StepSkipped}
		if !failed {
			step.Status = StepRunning
			report(step)
			step.Status = StepDone
			begun := clock()
			if err == nil {
				err = each.run(&step)
			}
			step.Duration = clock().Sub(begun)
		}
		if err != nil && !failed {
			step.Status, step.Err, failed = StepFailed, err, true
		}
		report(step)
		ended = append(ended, step)
	}
	return ended
}

// probe is a test under way.
type probe struct {
	ctx      context.Context
	settings Settings
	password Password
	clock    Clock
	raw      net.Conn
	session  *session
	sample   []Message
}

func (p *probe) close() {
	if p.session != nil {
		p.session.logout()
	} else if p.raw != nil {
		p.raw.Close()
	}
}

func (p *probe) resolve(step *Step) error {
	ctx, cancel := context.WithTimeout(p.ctx, p.settings.Limits.Connect)
	defer cancel()
	if net.ParseIP(p.settings.Host) != nil || p.settings.Dial != nil {
		step.Addresses = 1
		return nil
	}
	addresses, err := net.DefaultResolver.LookupNetIP(ctx, "ip", p.settings.Host)
	if err != nil {
		return connectFault(ctx, StageConnect, err)
	}
	step.Addresses = len(addresses)
	return nil
}

func (p *probe) connect(step *Step) error {
	ctx, cancel := context.WithTimeout(p.ctx, p.settings.Limits.Connect)
	defer cancel()
	raw, err := connect(ctx, p.settings)
	if err != nil {
		return err
	}
	p.raw, step.Port = raw, p.settings.Port
	return nil
}

func (p *probe) encrypt(step *Step) error {
	ctx, cancel := context.WithTimeout(p.ctx, p.settings.Limits.Connect)
	defer cancel()
	made, err := encrypt(ctx, p.raw, p.settings, p.clock)
	if err != nil {
		return err
	}
	if made.tls == nil {
		step.Status = StepWarning
	} else {
		step.TLSVersion = tls.VersionName(made.tls.Version)
		step.CertificateEnds = made.tls.PeerCertificates[0].NotAfter
	}
	p.session, err = newSession(p.ctx, p.settings, made)
	return err
}

func (p *probe) login(*Step) error {
	r := &reader{settings: p.settings, password: p.password}
	secret, err := r.secret(p.ctx)
	if err != nil {
		return err
	}
	return p.session.login(secret)
}

// folders lists them, and opens the one to read.
func (p *probe) folders(step *Step) error {
	names, err := p.session.folders()
	if err != nil {
		return err
	}
	step.Folders = names
	return p.session.examine()
}

// read fetches the beginnings of the latest messages.
func (p *probe) read(step *Step) error {
	step.Total = int(p.session.folder.messages)
	if step.Total == 0 {
		return nil
	}
	highest, err := p.session.highest()
	if err != nil {
		return err
	}
	// The UIDs below the highest may be sparse: the span grows until it holds enough.
	var uids []uint32
	for span := uint32(probeMessages); ; span *= 4 {
		first := uint32(1)
		if highest > span {
			first = highest - span + 1
		}
		if uids, err = p.session.search(first, 0); err != nil {
			return err
		}
		if len(uids) >= probeMessages || first == 1 || span >= windowUIDs/4 {
			break
		}
	}
	uids = uids[max(0, len(uids)-probeMessages):]
	if len(uids) == 0 {
		return nil
	}
	found, err := p.session.pieces(uids, imap.PartSpecifierNone, 0)
	if err != nil {
		return err
	}
	for _, uid := range uids {
		raw, ok := found[uid]
		if !ok {
			continue
		}
		p.sample = append(p.sample, Message{
			UIDValidity: p.session.folder.uidValidity, UID: uid, Size: int64(len(raw)), Raw: raw,
			HeaderOnly: int64(len(raw)) == p.settings.Limits.PieceBytes, Received: p.clock(),
		})
	}
	step.Messages, step.Sample = len(p.sample), p.sample
	return nil
}

func (p *probe) authenticity(step *Step) error {
	step.AuthServers = countAuthServers(p.sample)
	if len(step.AuthServers) == 0 {
		step.Status = StepWarning
	}
	return nil
}

// waiting tries IDLE for a moment, because some servers announce it and refuse it.
func (p *probe) waiting(step *Step) error {
	if !p.session.caps.Has(imap.CapIdle) {
		step.Status = StepWarning
		return nil
	}
	_, err := p.session.idle(func(_, _ <-chan struct{}) bool { return false })
	if errors.Is(err, errIdleRefused) {
		step.Status = StepWarning
		return nil
	}
	step.Idle = err == nil
	return err
}

// AuthServer is a host that puts its verdict on top of messages.
type AuthServer struct {
	ID       string // the authserv-id of RFC 8601, in lower case; text of the server
	Messages int
}

// countAuthServers looks at the topmost Authentication-Results of each message: the ones below it may
// have come with the message.
func countAuthServers(messages []Message) []AuthServer {
	counts := map[string]int{}
	for _, message := range messages {
		if id := authServer(message.Raw); id != "" {
			counts[id]++
		}
	}
	var servers []AuthServer
	for id, count := range counts {
		servers = append(servers, AuthServer{ID: id, Messages: count})
	}
	slices.SortFunc(servers, func(a, b AuthServer) int {
		if a.Messages != b.Messages {
			return b.Messages - a.Messages
		}
		return strings.Compare(a.ID, b.ID)
	})
	return servers
}

// authServer is the authserv-id of the first Authentication-Results field, or nothing: when there is
// no such field, or when the provider leaves its name out.
func authServer(raw []byte) string {
	const field = "authentication-results:"
	for line := range strings.SplitSeq(unfold(raw), "\n") {
		if line == "" {
			return ""
		}
		if len(line) < len(field) || !strings.EqualFold(line[:len(field)], field) {
			continue
		}
		value := strings.TrimSpace(stripComments(line[len(field):]))
		id, _, _ := strings.Cut(value, ";")
		id, _, _ = strings.Cut(strings.TrimSpace(id), " ") // a version may follow the name
		id = strings.ToLower(strings.Trim(id, `"`))
		if id == "" || strings.ContainsAny(id, "=<>()@") || len(id) > 255 || hasControl(id) {
			return ""
		}
		return id
	}
	return ""
}

// maxHeader bounds what is looked at for the header.
const maxHeader = 64 << 10

// unfold joins continued header lines, ends lines with "\n" alone, and stops after the header.
func unfold(raw []byte) string {
	text := strings.ReplaceAll(string(raw[:min(len(raw), maxHeader)]), "\r\n", "\n")
	if header, _, found := strings.Cut(text, "\n\n"); found {
		text = header + "\n\n"
	}
	text = strings.ReplaceAll(text, "\n ", " ")
	return strings.ReplaceAll(text, "\n\t", " ")
}

// stripComments removes "(…)" outside of quoted strings.
func stripComments(text string) string {
	var kept strings.Builder
	depth, quotes, escaped := 0, false, false
	for _, r := range text {
		switch {
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
			continue
		case r == '"' && depth == 0:
			quotes = !quotes
		case r == '(' && !quotes:
			depth++
			continue
		case r == ')' && !quotes && depth > 0:
			depth--
			continue
		}
		if depth == 0 {
			kept.WriteRune(r)
		}
	}
	return kept.String()
}
