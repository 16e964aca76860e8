package embedded

import (
	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// session lets a client read and nothing else.
type session struct {
	*imapmemserver.UserSession // nil before the login
	server                     *Server
}

func (s *Server) newSession(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
	return &session{server: s}, &imapserver.GreetingData{}, nil
}

var _ imapserver.Session = (*session)(nil)

// Login implements imapserver.Session.
func (s *session) Login(user, password string) error {
	s.server.note("LOGIN")
	if err := s.server.user.Login(user, password); err != nil {
		return err
	}
	s.UserSession = imapmemserver.NewUserSession(s.server.user)
	return nil
}

// Select implements imapserver.Session; it serves EXAMINE only.
func (s *session) Select(folder string, options *imap.SelectOptions) (*imap.SelectData, error) {
	if !options.ReadOnly {
		return nil, s.server.forbid("SELECT")
	}
	s.server.note("EXAMINE")
	return s.UserSession.Select(folder, options)
}

// List implements imapserver.Session.
func (s *session) List(
	w *imapserver.ListWriter, ref string, patterns []string, options *imap.ListOptions,
) error {
	s.server.note("LIST")
	return s.UserSession.List(w, ref, patterns, options)
}

// Search implements imapserver.Session.
func (s *session) Search(
	kind imapserver.NumKind, criteria *imap.SearchCriteria, options *imap.SearchOptions,
) (*imap.SearchData, error) {
	s.server.note("SEARCH")
	return s.UserSession.Search(kind, criteria, options)
}

// Fetch implements imapserver.Session. It refuses to mark messages as read, and the items that a
// reader of whole messages has no use for.
func (s *session) Fetch(w *imapserver.FetchWriter, set imap.NumSet, options *imap.FetchOptions) error {
	for _, section := range options.BodySection {
		if !section.Peek {
			return s.server.forbid("FETCH BODY")
		}
	}
	if options.Envelope || options.BodyStructure != nil || options.Flags || options.InternalDate {
		return s.server.forbid("FETCH ENVELOPE")
	}
	s.server.note("FETCH")
	return s.UserSession.Fetch(w, set, options)
}

// Idle implements imapserver.Session.
func (s *session) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	s.server.note("IDLE")
	return s.UserSession.Idle(w, stop)
}

// Create implements imapserver.Session, like all below, by refusing.
func (s *session) Create(string, *imap.CreateOptions) error { return s.server.forbid("CREATE") }

// Delete refuses.
func (s *session) Delete(string) error { return s.server.forbid("DELETE") }

// Rename refuses.
func (s *session) Rename(string, string, *imap.RenameOptions) error { return s.server.forbid("RENAME") }

// Subscribe refuses.
func (s *session) Subscribe(string) error { return s.server.forbid("SUBSCRIBE") }

// Unsubscribe refuses.
func (s *session) Unsubscribe(string) error { return s.server.forbid("UNSUBSCRIBE") }

// Append refuses.
func (s *session) Append(string, imap.LiteralReader, *imap.AppendOptions) (*imap.AppendData, error) {
	return nil, s.server.forbid("APPEND")
}

// Expunge refuses.
func (s *session) Expunge(*imapserver.ExpungeWriter, *imap.UIDSet) error {
	return s.server.forbid("EXPUNGE")
}

// Store refuses.
func (s *session) Store(*imapserver.FetchWriter, imap.NumSet, *imap.StoreFlags, *imap.StoreOptions) error {
	return s.server.forbid("STORE")
}

// Copy refuses.
func (s *session) Copy(imap.NumSet, string) (*imap.CopyData, error) {
	return nil, s.server.forbid("COPY")
}

// Move refuses.
func (s *session) Move(*imapserver.MoveWriter, imap.NumSet, string) error {
	return s.server.forbid("MOVE")
}
