package mailbox

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

// session is a logged-in connection. Its methods are the only commands that this program knows; each
// has a time limit, and none of them changes anything on the server.
type session struct {
	ctx      context.Context
	settings Settings
	guard    *guard
	client   *imapclient.Client
	caps     imap.CapSet
	folder   folder
	secrets  []string
	// arrived holds a token when the server announced messages.
	arrived chan struct{}
	release func() bool
}

// folder is what EXAMINE says of the folder. Zero stands for what the server left out.
type folder struct {
	uidValidity uint32
	uidNext     uint32
	messages    uint32
}

// newSession puts the library on a link and waits for the greeting.
func newSession(ctx context.Context, settings Settings, made *link) (*session, error) {
	s := &session{ctx: ctx, settings: settings, guard: made.guard, arrived: make(chan struct{}, 1)}
	s.release = context.AfterFunc(ctx, func() { made.guard.cut(context.Cause(ctx)) })
	made.guard.arm(settings.Limits.Command)
	s.client = imapclient.New(made.guard, &imapclient.Options{
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: s.onMailbox},
	})
	err := s.client.WaitGreeting()
	made.guard.disarm()
	if err == nil && s.client.State() != imap.ConnStateNotAuthenticated {
		s.close()
		return nil, &Fault{Code: CodePreauth, Stage: StageGreeting}
	}
	if err != nil {
		err = s.fault(StageGreeting, err)
		s.close()
		return nil, err
	}
	return s, nil
}

// onMailbox runs in the library's reader: it must not block.
func (s *session) onMailbox(data *imapclient.UnilateralDataMailbox) {
	if data.NumMessages == nil {
		return
	}
	select {
	case s.arrived <- struct{}{}:
	default:
	}
}

// close ends the connection at once and waits for the library's reader.
func (s *session) close() {
	s.release()
	s.guard.Close()
	s.client.Close()
}

// logout says goodbye, then closes. What the server answers does not matter any more.
func (s *session) logout() {
	s.guard.arm(min(s.settings.Limits.Command, 5*time.Second))
	_ = s.client.Logout().Wait()
	s.close()
}

// run gives one command its time limit and classifies its failure.
func (s *session) run(stage Stage, command func() error) error {
	s.guard.arm(s.settings.Limits.Command)
	defer s.guard.disarm()
	if err := command(); err != nil {
		return s.fault(stage, err)
	}
	return nil
}

// fault classifies the failure of a command.
func (s *session) fault(stage Stage, err error) error {
	if s.ctx.Err() != nil {
		return fmt.Errorf("mailbox: %s: %w", stage, context.Cause(s.ctx))
	}
	cause, network := s.guard.reason()
	switch {
	case errors.Is(cause, errTooSlow):
		return &Fault{Code: CodeTimeout, Stage: stage, Err: cause}
	case cause != nil:
		return &Fault{Code: CodeGarbage, Stage: stage, Err: cause}
	}
	var known *Fault
	if errors.As(err, &known) {
		return known
	}
	var answer *imap.Error
	if errors.As(err, &answer) {
		return &Fault{Code: s.answerCode(stage, answer), Stage: stage,
			ServerCode: quoted(string(answer.Code), s.secrets), ServerText: quoted(answer.Text, s.secrets)}
	}
	var operation *net.OpError
	if network != nil || errors.As(err, &operation) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &Fault{Code: CodeConnectionLost, Stage: stage, Err: networkText(errors.Join(network, err))}
	}
	return &Fault{Code: CodeGarbage, Stage: stage, ServerText: quoted(err.Error(), s.secrets)}
}

// networkText keeps an error of the network without anything a server could have put there.
func networkText(err error) error {
	var operation *net.OpError
	if errors.As(err, &operation) {
		return operation
	}
	return errors.New("the connection ended")
}

// answerCode reads a refusal.
func (s *session) answerCode(stage Stage, answer *imap.Error) Code {
	switch answer.Code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeLimit,
		imap.ResponseCodeServerBug:
		return CodeUnavailable
	}
	if answer.Type == imap.StatusResponseTypeBye {
		return CodeUnavailable
	}
	switch stage {
	case StageLogin:
		text := strings.ToLower(answer.Text)
		if strings.Contains(text, "basic auth") || strings.Contains(text, "basicauth") ||
			answer.Code == imap.ResponseCodePrivacyRequired {
			return CodeAuthUnsupported
		}
		return CodeAuthFailed
	case StageFolder:
		return CodeFolderMissing
	case StageGreeting:
		return CodeUnavailable
	}
	return CodeGarbage
}

// login proves who the user is. The secret goes to the server and nowhere else.
func (s *session) login(secret string) error {
	user := s.settings.User
	s.secrets = secretForms(user, secret)
	if err := s.capabilities(); err != nil {
		return err
	}
	var command func() error
	switch {
	case s.settings.Auth == AuthXOAuth2:
		client := s.tokenClient(user, secret)
		if client == nil {
			return &Fault{Code: CodeAuthUnsupported, Stage: StageLogin,
				Err: errors.New("the server takes no access tokens")}
		}
		command = func() error { return s.authenticate(client) }
	case s.caps.Has(imap.AuthCap("PLAIN")):
		command = func() error { return s.authenticate(sasl.NewPlainClient("", user, secret)) }
	case s.caps.Has(imap.CapLoginDisabled):
		return &Fault{Code: CodeAuthUnsupported, Stage: StageLogin,
			Err: errors.New("the server takes no passwords")}
	default:
		command = func() error { return s.client.Login(user, secret).Wait() }
	}
	if err := s.run(StageLogin, command); err != nil {
		return err
	}
	return s.capabilities()
}

// authenticate runs a SASL exchange. When it ends inside the exchange the library reports a dull
// error, and the refusal it hides is a refused login.
func (s *session) authenticate(client sasl.Client) error {
	err := s.client.Authenticate(client)
	if errors.Is(err, errTokenRefused) {
		return &Fault{Code: CodeAuthFailed, Stage: StageLogin, Err: errTokenRefused}
	}
	return err
}

// tokenClient chooses the mechanism for an access token; nil when the server has none.
func (s *session) tokenClient(user, token string) sasl.Client {
	switch {
	case s.caps.Has(imap.AuthCap("XOAUTH2")):
		return &xoauth2{user: user, token: token}
	case s.caps.Has(imap.AuthCap("OAUTHBEARER")):
		return sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{
			Username: user, Token: token, Host: s.settings.Host, Port: s.settings.Port})
	}
	return nil
}

// secretForms lists how a server could echo a secret.
func secretForms(user, secret string) []string {
	if secret == "" {
		return nil
	}
	return []string{
		secret,
		base64.StdEncoding.EncodeToString([]byte(secret)),
		base64.StdEncoding.EncodeToString([]byte("\x00" + user + "\x00" + secret)),
		base64.StdEncoding.EncodeToString([]byte("user=" + user + "\x01auth=Bearer " + secret + "\x01\x01")),
	}
}

// capabilities asks for them anew: what a server said before the login may be stale.
func (s *session) capabilities() error {
	return s.run(StageLogin, func() error {
		caps, err := s.client.Capability().Wait()
		s.caps = caps
		return err
	})
}

// examine opens the folder read-only.
func (s *session) examine() error {
	return s.run(StageFolder, func() error {
		data, err := s.client.Select(s.settings.Folder, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil {
			return err
		}
		s.folder = folder{
			uidValidity: data.UIDValidity, uidNext: uint32(data.UIDNext), messages: data.NumMessages,
		}
		return nil
	})
}

// folders lists the names of the mailbox's folders, up to a sensible number.
func (s *session) folders() ([]string, error) {
	const maxFolders = 1000
	var names []string
	err := s.run(StageFolder, func() error {
		list, err := s.client.List("", "*", nil).Collect()
		for _, entry := range list[:min(len(list), maxFolders)] {
			if !slices.Contains(entry.Attrs, imap.MailboxAttrNoSelect) {
				names = append(names, quoted(entry.Mailbox, s.secrets))
			}
		}
		return err
	})
	slices.Sort(names)
	return names, err
}

// search lists the UIDs from first to last that the folder has; last 0 means the highest. The result
// ascends, holds every UID once, and nothing outside the range: "n:*" always names at least the last
// message, even when it lies below n.
func (s *session) search(first, last uint32) ([]uint32, error) {
	var found []uint32
	criteria := &imap.SearchCriteria{UID: []imap.UIDSet{{{Start: imap.UID(first), Stop: imap.UID(last)}}}}
	if since := s.settings.Since; !since.IsZero() {
		year, month, day := since.YMD()
		criteria.Since = time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	err := s.run(StageSearch, func() error {
		data, err := s.client.UIDSearch(criteria, nil).Wait()
		if err != nil {
			return err
		}
		set, _ := data.All.(imap.UIDSet)
		found, err = uidsOf(set, first, last)
		return err
	})
	return found, err
}

// maxUIDs bounds what one search may name: ranges are cheap to send and dear to hold.
const maxUIDs = 200_000

func uidsOf(set imap.UIDSet, first, last uint32) ([]uint32, error) {
	var uids []uint32
	for _, span := range set {
		from, to := uint64(max(uint32(span.Start), first)), uint64(span.Stop)
		if last != 0 {
			to = min(to, uint64(last))
		}
		if span.Start == 0 || span.Stop == 0 || to >= from && to-from >= maxUIDs {
			return nil, &Fault{Code: CodeGarbage, Stage: StageSearch, Err: errExcess}
		}
		for uid := from; uid <= to; uid++ {
			uids = append(uids, uint32(uid))
		}
		if len(uids) > maxUIDs {
			return nil, &Fault{Code: CodeGarbage, Stage: StageSearch, Err: errExcess}
		}
	}
	slices.Sort(uids)
	return slices.Compact(uids), nil
}

// errIdleRefused: the server announces IDLE and does not do it.
var errIdleRefused = errors.New("mailbox: the server refuses IDLE")

// idle lets the server announce news for as long as await blocks, and returns what await returned.
func (s *session) idle(await func(arrived, closed <-chan struct{}) bool) (bool, error) {
	s.guard.arm(s.settings.Limits.Command)
	defer s.guard.disarm()
	command, err := s.client.Idle()
	var refusal *imap.Error
	if errors.As(err, &refusal) && s.ctx.Err() == nil {
		return false, errIdleRefused
	}
	if err != nil {
		return false, s.fault(StageIdle, err)
	}
	s.guard.disarm()
	news := await(s.arrived, s.client.Closed())
	s.guard.arm(s.settings.Limits.Command)
	closing := command.Close()
	if err := errors.Join(closing, command.Wait()); err != nil {
		return false, s.fault(StageIdle, err)
	}
	return news, nil
}

// noop shows that the server is still there.
func (s *session) noop() error {
	return s.run(StageIdle, func() error { return s.client.Noop().Wait() })
}

// highest is the highest UID of the folder, 0 when it is empty.
func (s *session) highest() (uint32, error) {
	var highest uint32
	err := s.run(StageSearch, func() error {
		data, err := s.client.UIDSearch(&imap.SearchCriteria{UID: []imap.UIDSet{{{}}}}, nil).Wait()
		if err != nil {
			return err
		}
		set, _ := data.All.(imap.UIDSet)
		for _, span := range set {
			highest = max(highest, uint32(span.Stop))
		}
		return nil
	})
	return highest, err
}
